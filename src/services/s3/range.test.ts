import { expect, test } from 'vitest'
import { requestedRange } from './range.ts'

test.each([
  [undefined, undefined],
  ['bytes=0-4', { start: 0, end: 4 }],
  ['bytes=5-', { start: 5, end: 9 }],
  ['bytes=-3', { start: 7, end: 9 }],
  ['bytes=-30', { start: 0, end: 9 }],
  ['bytes=8-100', { start: 8, end: 9 }],
  ['bytes=5-4', undefined],
  ['bytes=-', undefined],
  ['bytes=0-1,3-4', undefined],
  ['lines=0-1', undefined],
])('of ten bytes, `%s` is %j', (header, range) => {
  expect(requestedRange(header, 10)).toEqual(range)
})

test.each([
  ['bytes=10-', 10],
  ['bytes=-0', 10],
  ['bytes=0-', 0],
])('`%s` of %i bytes cannot be had', (header, size) => {
  expect(() => requestedRange(header, size)).toThrow(expect.objectContaining({ code: 'InvalidRange', status: 416 }))
})
