import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dependenciesOf, dependencyGraph } from './graph.ts'
import { parseTemplate } from './parse.ts'
import { type ResourceDefinition, resourcesOf } from './resources.ts'
import { refusalOf } from './testing/refusal.ts'

function definition(logicalId: string, references: readonly string[], dependsOn: readonly string[] = []): ResourceDefinition {
  return {
    logicalId,
    type: 'T',
    properties: { References: references.map((Ref) => ({ Ref })) },
    dependsOn,
    deletionPolicy: 'Delete',
    updateReplacePolicy: 'Delete',
  }
}

describe('dependenciesOf', () => {
  it('finds every way to mention a resource', () => {
    const template = parseTemplate(`
Resources:
  A:
    Type: T
    DependsOn: B
    Properties:
      One: !Ref C
      Two: [!GetAtt D.X, { Deep: !Sub '\${E} \${F.Y} \${!G} \${Own}' }]
      Three: !Sub ['\${Own}', { Own: !Join ['', [!Ref H]] }]
      Four: !If [Large, !Ref I, !Ref J]
      Five: !Ref AWS::Region
  B: { Type: T }
  C: { Type: T }
  D: { Type: T }
  E: { Type: T }
  F: { Type: T }
  G: { Type: T }
  H: { Type: T }
  I: { Type: T }
  J: { Type: T }
  Own: { Type: T }
`)
    const [a] = resourcesOf(template, { Large: true })
    const found = (conditions: Record<string, boolean>) => (a ? [...dependenciesOf(a, conditions)].sort().join('') : '')
    expect(found({ Large: true })).toBe('BCDEFHIOwn')
    expect(found({ Large: false })).toBe('BCDEFHJOwn')
    expect(found({})).toBe('BCDEFHIJOwn')
  })
})

describe('dependencyGraph', () => {
  it('refuses circles and names their members only', () => {
    const circle = [
      definition('A', ['B']),
      definition('B', [], ['A']),
      definition('C', ['A']),
      definition('D', []),
      definition('E', ['C']),
    ]
    expect(refusalOf(() => dependencyGraph(circle, {})).message).toBe('Circular dependency between resources: [A, B]')
    expect(refusalOf(() => dependencyGraph([definition('A', ['A'])], {})).message).toBe(
      'Circular dependency between resources: [A]',
    )
  })

  it('says where the first member of the circle stands', () => {
    const position = { line: 7, column: 3 }
    const refusal = refusalOf(() => dependencyGraph([{ ...definition('A', ['A']), position }], {}))
    expect(refusal.position).toEqual(position)
  })

  it('puts dependencies first, in any graph without circles, and refuses any other', () => {
    const size = 12
    const edges = fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 30 })
    const name = (index: number) => `R${index}`
    const graphFrom = (pairs: readonly (readonly [number, number])[]) =>
      Array.from({ length: size }, (_, index) =>
        definition(
          name(index),
          pairs.filter(([from]) => from === index).map(([, to]) => name(to)),
        ),
      )
    fc.assert(
      fc.property(edges, fc.boolean(), (pairs, acyclic) => {
        const chosen = acyclic ? pairs.filter(([from, to]) => from > to) : pairs
        let order: string[]
        try {
          order = [...dependencyGraph(graphFrom(chosen), {}).keys()]
        } catch (error) {
          expect(acyclic).toBe(false)
          expect(String(error)).toContain('Circular dependency between resources: [R')
          return
        }
        expect([...order].sort()).toEqual(Array.from({ length: size }, (_, index) => name(index)).sort())
        for (const [from, to] of chosen) expect(order.indexOf(name(to))).toBeLessThan(order.indexOf(name(from)))
      }),
    )
  })

  it('orders the most resources that a template may have, all in a chain', () => {
    const chain = Array.from({ length: 500 }, (_, index) => definition(`R${index}`, index < 499 ? [`R${index + 1}`] : []))
    expect([...dependencyGraph(chain, {}).keys()][0]).toBe('R499')
  })
})
