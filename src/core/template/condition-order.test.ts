import { describe, expect, it } from 'vitest'
import { conditionOrder } from './condition-order.ts'
import { evaluateConditions, sectionOf } from './conditions.ts'
import { parseTemplate } from './parse.ts'
import type { PseudoParameters } from './scope.ts'
import { refusalOf } from './testing/refusal.ts'
import type { ValueMap } from './value.ts'

describe('conditions before those that depend on them', () => {
  const read = (text: string) => sectionOf(parseTemplate(`Conditions: { ${text} }`), 'Conditions')

  it.each<[string, string, readonly string[], readonly string[]]>([
    ['alone', 'A: !Equals [a, a], B: !Equals [a, a]', ['A'], ['A']],
    ['a chain', 'A: !Condition B, B: !Not [!Condition C], C: !Equals [a, a]', ['A'], ['C', 'B', 'A']],
    [
      'two that share one',
      'A: !And [!Condition C, !Condition B], B: !Condition C, C: !Equals [a, a]',
      ['A', 'B'],
      ['C', 'B', 'A'],
    ],
    ['a name that is no condition', 'A: !Condition Nowhere', ['A', 'Nobody'], ['A']],
  ])('%s', (_what, text, wanted, order) => {
    expect(conditionOrder(read(text), wanted)).toEqual(order)
  })

  it.each([
    ['itself', 'A: !Condition A', 'A'],
    ['each other', 'A: !Not [!Condition B], B: !Not [!Condition A]', 'A'],
    ['in a circle that none of those wanted is in', 'X: !Condition A, A: !Condition B, B: !Condition A', 'A'],
  ])('refuses those that depend on %s', (_what, text, name) => {
    const refusal = refusalOf(() => conditionOrder(read(text), Object.keys(read(text))))
    expect(refusal.message).toBe(`Template error: Found circular condition dependency on condition ${name}`)
    expect(refusal.position?.line).toBe(1)
  })

  it('however long the chain is', () => {
    const conditions: ValueMap = { C50000: { 'Fn::Equals': ['a', 'a'] } }
    for (let index = 0; index < 50_000; index++) conditions[`C${index}`] = { Condition: `C${index + 1}` }
    const truths = evaluateConditions({ Conditions: conditions }, {}, {} as PseudoParameters)
    expect(truths).toMatchObject({ C0: true, C50000: true })
  })
})
