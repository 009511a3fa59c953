import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Case, type Grade, gradeCase, readCases, suiteFolder } from './sam-suite.ts'

/** Cases that do not pass yet, by the reason. The list may only shrink. */
const known = JSON.parse(readFileSync(new URL('./sam-known-failures.json', import.meta.url), 'utf8')) as Record<string, string[]>
const reasons = new Map(Object.entries(known).flatMap(([reason, names]) => names.map((name) => [name, reason] as const)))

const folder = suiteFolder()

describe.skipIf(!folder)('the SAM transform, on the cases of AWS', () => {
  const cases = folder ? readCases(folder) : []
  const graded = new Map<Case, Grade[]>()
  const gradesOf = (given: Case): Grade[] => {
    const grades = graded.get(given) ?? gradeCase(folder!, given)
    graded.set(given, grades)
    return grades
  }

  it.each(cases.filter(({ name }) => !reasons.has(name)).map((given) => [given.kind, given.name, given] as const))(
    '%s %s',
    (_kind, _name, given) => {
      for (const { partition, difference } of gradesOf(given)) expect(difference, partition).toBeUndefined()
    },
  )

  it("gives every API's deployment the digits that AWS gives it", () => {
    const others = cases.filter((given) => gradesOf(given).some(({ deployments }) => deployments.equal < deployments.all))
    expect(others.map(({ name }) => name)).toEqual([])
  }, 60_000)

  it('has no case among the known failures that passes', () => {
    const passing = cases
      .filter(({ name }) => reasons.has(name))
      .filter((given) => gradesOf(given).every((grade) => !grade.difference))
    expect(passing.map(({ name }) => name)).toEqual([])
  })

  it('knows no failure that is not a case', () => {
    const names = new Set(cases.map(({ name }) => name))
    expect([...reasons.keys()].filter((name) => !names.has(name))).toEqual([])
  })
})
