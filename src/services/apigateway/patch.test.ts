import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { escapePointer, type PatchRules, patched, refusePathShortly, unescapePointer, without } from './patch.ts'

interface Thing {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
}

const rules: PatchRules<Thing> = {
  replace: {
    '/name': (thing, name) => ({ ...thing, name }),
    '/labels/*': (thing, value, [label = '']) => ({ ...thing, labels: { ...thing.labels, [label]: value } }),
  },
}
const thing: Thing = { name: 'a', labels: {} }

describe('patch operations', () => {
  test('change in order, and leave what they were given as it was', () => {
    const changed = patched(
      thing,
      [
        { op: 'replace', path: '/name', value: 'b' },
        { op: 'replace', path: '/labels/application~1json', value: 'x' },
        { op: 'replace', path: '/name', value: 'c' },
      ],
      rules,
    )
    expect(changed).toEqual({ name: 'c', labels: { 'application/json': 'x' } })
    expect(thing).toEqual({ name: 'a', labels: {} })
  })

  test.each([
    ['replace', '/other', "Invalid patch path  '/other' specified for op 'replace'. Must be one of: [/labels/*, /name]"],
    ['remove', '/name', "Invalid patch path  '/name' specified for op 'remove'. Please choose supported operations"],
  ] as const)('%s of %s is refused in the words of resources', (op, path, message) => {
    expect(() => patched(thing, [{ op, path }], rules)).toThrow(message)
  })

  test('are refused in the words of APIs where asked', () => {
    expect(() => patched(thing, [{ op: 'add', path: '/x' }], rules, refusePathShortly)).toThrow(/^Invalid patch path \/x$/)
  })

  test('any name survives being escaped', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        expect(unescapePointer(escapePointer(name))).toBe(name)
        expect(escapePointer(name)).not.toContain('/')
      }),
    )
  })

  test('a map without its last key is no map', () => {
    expect(without({ a: 1, b: 2 }, 'a')).toEqual({ b: 2 })
    expect(without({ a: 1 }, 'a')).toBeUndefined()
  })
})
