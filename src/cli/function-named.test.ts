import { expect, it } from 'vitest'
import { meantBy } from './function-named.ts'

const names = [
  'shop-Echo-M2FTJYOXN9V3',
  'shop-DeepEcho-AAAABBBBCCCC',
  'blog-Echo-Q5OLWR77EXGH',
  'get-entities',
  'old-get-entities',
]

it.each([
  ['get-entities', ['get-entities']],
  ['DeepEcho', ['shop-DeepEcho-AAAABBBBCCCC']],
  ['shop-Echo', ['shop-Echo-M2FTJYOXN9V3']],
  ['Echo', ['shop-Echo-M2FTJYOXN9V3', 'blog-Echo-Q5OLWR77EXGH']],
  ['N9V3', ['shop-Echo-M2FTJYOXN9V3']],
  ['entities', ['get-entities', 'old-get-entities']],
  ['cho-', []],
  ['nobody', []],
])('%s means %j', (wanted, meant) => {
  expect(meantBy(wanted, names)).toEqual(meant)
})
