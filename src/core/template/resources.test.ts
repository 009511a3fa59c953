import { describe, expect, it } from 'vitest'
import { parseTemplate } from './parse.ts'
import { outputsOf, resourcesOf } from './resources.ts'
import { refusalOf } from './testing/refusal.ts'

describe('resourcesOf', () => {
  it('leaves out what has a false condition, and whoever waits for it waits no more', () => {
    const template = parseTemplate(`
Resources:
  A: { Type: T, Condition: IsA }
  B: { Type: T, Condition: IsB }
  C: { Type: T, DependsOn: [A, B], Properties: { X: !If [IsA, !Ref A, none] } }
`)
    const found = resourcesOf(template, { IsA: false, IsB: true })
    expect(found.map(({ logicalId, dependsOn }) => [logicalId, dependsOn])).toEqual([
      ['B', []],
      ['C', ['B']],
    ])
  })

  it.each(['!Ref A', '!GetAtt A.Arn', '!Sub "${A.Arn}"', '!Join ["", [!Ref A]]', '!If [IsB, !Ref A, x]'])(
    'refuses %s where A is left out',
    (reference) => {
      const template = parseTemplate(`
Resources:
  A: { Type: T, Condition: IsA }
  B: { Type: T, Properties: { X: ${reference} } }
`)
      const refusal = refusalOf(() => resourcesOf(template, { IsA: false, IsB: true }))
      expect(refusal.message).toBe(
        'Template format error: Unresolved resource dependencies [A] in the Resources block of the template',
      )
      expect(refusal.position?.line).toBe(4)
    },
  )

  it('takes deletion policies as they are written, by condition or by parameter', () => {
    const template = parseTemplate(`
Resources:
  A: { Type: T }
  B: { Type: T, DeletionPolicy: !If [IsB, Retain, Delete], UpdateReplacePolicy: !Ref Policy }
`)
    const found = resourcesOf(template, { IsB: true }, { Policy: 'Snapshot' })
    expect(found.map(({ deletionPolicy, updateReplacePolicy }) => [deletionPolicy, updateReplacePolicy])).toEqual([
      ['Delete', 'Delete'],
      ['Retain', 'Snapshot'],
    ])
    expect(refusalOf(() => resourcesOf(template, { IsB: true }, { Policy: 'Keep' })).message).toContain(
      'UpdateReplacePolicy Keep',
    )
  })

  it('keeps properties as they are written, with their places', () => {
    const [resource] = resourcesOf(
      parseTemplate(
        'Resources:\n  A:\n    Type: T\n    Metadata: {M: 1}\n    Properties: {P: !Ref X}\nParameters: {X: {Type: String}}\n',
      ),
      {},
    )
    expect(resource).toMatchObject({ logicalId: 'A', type: 'T', position: { line: 3, column: 5 } })
    expect(JSON.stringify([resource?.properties, resource?.metadata])).toBe('[{"P":{"Ref":"X"}},{"M":1}]')
  })
})

describe('outputsOf', () => {
  const template = parseTemplate(`
Resources: { A: { Type: T, Condition: IsA }, B: { Type: T } }
Outputs:
  Conditional: { Condition: IsA, Value: !Ref A }
  Exported: { Value: !Ref B, Description: d, Export: { Name: !Sub '\${AWS::StackName}-b' } }
`)

  it('leaves out what has a false condition', () => {
    expect(outputsOf(template, { IsA: true }).map(({ key }) => key)).toEqual(['Conditional', 'Exported'])
    const [output] = outputsOf(template, { IsA: false })
    expect(JSON.stringify([output?.key, output?.value, output?.description, output?.exportName])).toBe(
      '["Exported",{"Ref":"B"},"d",{"Fn::Sub":"${AWS::StackName}-b"}]',
    )
  })

  it('refuses a resource that is left out', () => {
    const dangling = parseTemplate('Resources: { A: { Type: T, Condition: IsA } }\nOutputs: { O: { Value: !Ref A } }')
    expect(refusalOf(() => outputsOf(dangling, { IsA: false })).message).toBe(
      'Unresolved resource dependencies [A] in the Outputs block of the template',
    )
  })
})
