import { expect, it } from 'vitest'
import { continuedTrace } from './trace-id.ts'

const root = 'Root=1-3152b799-8954dae64eda91bc9a23a7e8'

it.each([
  [root, root],
  [`${root};Parent=7fa8c0f79203be72;Sampled=1`, `${root};Parent=7fa8c0f79203be72;Sampled=1`],
  [`Sampled=0; ${root}`, `Sampled=0;${root}`],
  [`${root};Self=1-67891234-12456789abcdef012345678;Other=x`, root],
  ['Parent=7fa8c0f79203be72;Sampled=1', undefined],
  ['Root=1-3152b799-short', undefined],
  ['', undefined],
  [undefined, undefined],
])('a client that sends %j goes on with %j', (sent, expected) => {
  expect(continuedTrace(sent)).toBe(expected)
})
