import { expect, it } from 'vitest'
import { refuseEndless } from './refuse-endless.ts'
import { refusalOf } from './testing/refusal.ts'
import type { Value, ValueMap } from './value.ts'

const circle: ValueMap = {}
circle['Resources'] = { A: circle }

/** Thirty levels of one list twice in the next. */
const bomb = Array.from({ length: 30 }).reduce<Value>((inner) => [inner, inner], 'x')

it.each<[string, Value]>([
  ['a circle', circle],
  ['what stands for more than any machine holds', { Resources: bomb }],
  ['a list', []],
  ['nothing', null],
])('refuses %s', (_, template) => {
  expect(refusalOf(() => refuseEndless(template)).message).toBe('Template format error: unsupported structure.')
})

it('lets values pass that stand in several places', () => {
  const shared = { Version: '2012-10-17' }
  expect(() => refuseEndless({ Resources: { A: shared, B: shared } })).not.toThrow()
})
