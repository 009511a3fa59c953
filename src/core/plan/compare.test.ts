import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { compareProperties } from './compare.ts'
import { thing } from './testing/thing.ts'

interface Case {
  readonly name: string
  readonly before: Readonly<Record<string, unknown>>
  readonly after: Readonly<Record<string, unknown>>
  readonly changes: readonly string[]
  readonly replaces: string
}

const cases = parse(readFileSync(new URL('../../../test/cases/plan/compare.yaml', import.meta.url), 'utf8')) as readonly Case[]

describe('compareProperties', () => {
  it.each(cases.map((one) => [one.name, one] as const))('%s', (_, { before, after, changes, replaces }) => {
    const comparison = compareProperties(before, after, thing)
    expect(comparison.changes.map(({ kind, path, requiresRecreation }) => `${kind} ${path} ${requiresRecreation}`)).toEqual(
      changes,
    )
    expect(comparison.changed).toEqual(comparison.changes.map(({ path }) => path))
    expect(comparison.replaces).toBe(replaces)
  })

  it('finds a change exactly where two states differ', () => {
    const value = fc.dictionary(fc.constantFrom('Name', 'Text', 'Rule', 'Json', 'Other'), fc.jsonValue({ maxDepth: 3 }), {
      maxKeys: 4,
    })
    fc.assert(
      fc.property(value, value, (before, after) => {
        const one = JSON.parse(JSON.stringify(before))
        const other = JSON.parse(JSON.stringify(after))
        expect(compareProperties(one, structuredClone(one), thing).changed).toEqual([])
        // `toEqual` is the other opinion; keys with undefined cannot come from JSON.
        let same = true
        try {
          expect(one).toEqual(other)
        } catch {
          same = false
        }
        expect(compareProperties(one, other, thing).changed.length === 0).toBe(same)
      }),
    )
  })
})
