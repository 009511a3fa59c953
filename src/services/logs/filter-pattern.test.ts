import { describe, expect, it } from 'vitest'
import { filterPattern } from './filter-pattern.ts'

const json = JSON.stringify({ level: 'error', status: 502, who: { name: 'Ada' }, tags: ['a', 'b'], gone: null, ok: true })

describe('filterPattern', () => {
  it.each([
    ['', 'anything', true],
    ['ERROR', 'an ERROR here', true],
    ['ERROR', 'an error here', false],
    ['ERROR timeout', 'timeout: ERROR', true],
    ['ERROR timeout', 'only ERROR', false],
    ['?ERROR ?WARN', 'a WARN', true],
    ['?ERROR ?WARN', 'fine', false],
    ['ERROR -ignored', 'ERROR', true],
    ['ERROR -ignored', 'ERROR ignored', false],
    ['"two words"', 'has two words in it', true],
    ['"two words"', 'two other words', false],
    ['-"two words"', 'has two words in it', false],
    ['{ $.level = "error" }', json, true],
    ['{ $.level = error }', json, true],
    ['{ $.level = "err*" }', json, true],
    ['{ $.level = "*r*r" }', json, true],
    ['{ $.level = "warn" }', json, false],
    ['{ $.level != "warn" }', json, true],
    ['{ $.status >= 500 }', json, true],
    ['{ $.status < 500 }', json, false],
    ['{ $.who.name = "Ada" && $.status = 502 }', json, true],
    ['{ $.who.name = "Bob" || ($.status = 502 && $.ok IS TRUE) }', json, true],
    ['{ $.gone IS NULL }', json, true],
    ['{ $.nothing NOT EXISTS }', json, true],
    ['{ $.tags[1] = "b" }', json, true],
    ['{ $.level = "error" }', 'no JSON at all', false],
    ['{ $.level = "error" }', `2026-01-01T00:00:00.000Z\tid\tINFO\t${json}`, true],
  ])('`%s` on `%s` is %s', (pattern, message, expected) => {
    expect(filterPattern(pattern)(message)).toBe(expected)
  })

  it.each(['[a, b]', '%a+%', '{ $.a }', '{ $.a = }', '{ a = 1 }', '{ $.a = 1', '{ $.a < "x" }', '{ $.a = 1 } more'])(
    'refuses `%s`',
    (pattern) => {
      expect(() => filterPattern(pattern)).toThrow('Invalid filter pattern')
    },
  )
})
