import { describe, expect, it } from 'vitest'
import { evaluateConditions } from '../template/conditions.ts'
import { evaluate } from '../template/evaluate.ts'
import { dependencyGraph } from '../template/graph.ts'
import { parseTemplate } from '../template/parse.ts'
import { type ResourceDefinition, resourcesOf } from '../template/resources.ts'
import type { EvaluationScope } from '../template/scope.ts'
import { isMap } from '../template/value.ts'
import { withoutPropertyValues } from './change-details.ts'
import { coerceProperties } from './coerce.ts'
import { type Change, type CurrentResource, type PlanInput, planChanges } from './plan.ts'
import type { ResourceSchema } from './schema.ts'

const topic: ResourceSchema<unknown> = {
  type: 'AWS::SNS::Topic',
  properties: {
    TopicName: { type: { kind: 'string' }, replaces: 'always' },
    DisplayName: { type: { kind: 'string' } },
    Kind: { type: { kind: 'string' }, replaces: 'conditionally' },
  },
  required: [],
  attributes: ['TopicArn', 'TopicName'],
  definitions: {},
}
const parameter: ResourceSchema<unknown> = {
  type: 'AWS::SSM::Parameter',
  properties: { Type: { type: { kind: 'string' } }, Value: { type: { kind: 'string' } } },
  required: [],
  attributes: ['Value'],
  definitions: {},
}
const schemas: Readonly<Record<string, ResourceSchema<unknown>>> = { [topic.type]: topic, [parameter.type]: parameter }

const pseudo = {
  AccountId: '111111111111',
  Region: 'us-east-1',
  Partition: 'aws',
  StackId: 'id',
  StackName: 'stack',
  URLSuffix: 'amazonaws.com',
  NotificationARNs: [],
}

interface Revision {
  readonly template: string
  readonly parameters?: Readonly<Record<string, string>>
}

/** The plan from one revision of a stack to the next. Every resource of the first exists, as a topic would. */
function planFrom(before: Revision, after: Revision, more: Partial<PlanInput> = {}): readonly Change[] {
  const old = before.template === '' ? { definitions: [], scope: scopeOf(after).scope } : scopeOf(before)
  const current: CurrentResource[] = []
  const exists: EvaluationScope = {
    ...old.scope,
    resource: (logicalId) => current.find((one) => one.logicalId === logicalId) ?? 'unknown',
  }
  for (const logicalId of dependencyGraph(old.definitions, old.scope.conditions).keys())
    for (const definition of old.definitions) if (definition.logicalId === logicalId) current.push(existing(definition, exists))
  const { definitions, scope } = scopeOf(after)
  const changedParameters = new Set(
    Object.entries(after.parameters ?? {}).flatMap(([key, value]) => (before.parameters?.[key] === value ? [] : [key])),
  )
  return planChanges({ desired: definitions, current, scope, schemas: (type) => schemas[type], changedParameters, ...more })
}

function scopeOf({ template: text, parameters = {} }: Revision) {
  const template = parseTemplate(text)
  const conditions = evaluateConditions(template, parameters, pseudo)
  const scope = { parameters, conditions, mappings: {}, pseudo, importValue: () => undefined, availabilityZones: () => [] }
  return { definitions: resourcesOf(template, conditions, parameters), scope }
}

function existing(definition: ResourceDefinition, scope: EvaluationScope): CurrentResource {
  const evaluated = evaluate(definition.properties, scope)
  if (evaluated.kind !== 'value' || !isMap(evaluated.value)) throw new Error(`${definition.logicalId} cannot exist yet`)
  const schema = schemas[definition.type]
  const properties = schema ? coerceProperties(evaluated.value, schema) : evaluated.value
  const { logicalId, type, deletionPolicy, updateReplacePolicy, metadata } = definition
  const ref = `arn:${logicalId}`
  const attributes = { TopicArn: ref, ...properties }
  return {
    logicalId,
    type,
    ref,
    attributes,
    properties,
    deletionPolicy,
    updateReplacePolicy,
    ...(metadata !== undefined && { metadata }),
  }
}

/** The parts of a change that DescribeChangeSet shows. */
function shown(changes: readonly Change[]) {
  return changes.map(({ action, logicalId, replacement, policyAction, scope, details }) =>
    JSON.parse(JSON.stringify({ action, logicalId, replacement, policyAction, scope, details })),
  )
}

const TWO_TOPICS = (name: string, display: string, reference = '!GetAtt Topic1.DisplayName') => ({
  template: `
Resources:
  Topic2: { Type: AWS::SNS::Topic, Properties: { TopicName: second, DisplayName: ${reference} } }
  Topic1: { Type: AWS::SNS::Topic, Properties: { TopicName: ${name}, DisplayName: ${display} } }
`,
})

describe('planChanges', () => {
  it('adds with dependencies first, and shows what is not known yet', () => {
    const [first, second] = planFrom({ template: '' }, TWO_TOPICS('one', 'shown'))
    expect(first).toMatchObject({ action: 'Add', logicalId: 'Topic1', details: [], scope: [] })
    expect(JSON.stringify(second?.after)).toBe(
      '{"Properties":{"TopicName":"second","DisplayName":"{{changeSet:KNOWN_AFTER_APPLY}}"}}',
    )
  })

  it('finds nothing to do where nothing differs', () => {
    const same = TWO_TOPICS('one', 'shown')
    expect(planFrom(same, same)).toEqual([])
    const numbers = (count: string) => ({
      template: `Resources: { A: { Type: AWS::SNS::Topic, Properties: { DisplayName: ${count} } } }`,
    })
    expect(planFrom(numbers('5'), numbers('"5"'))).toEqual([])
  })

  // As recorded: replacing a topic changes whoever asks for its attribute.
  it('replaces, and passes on what that makes unknown', () => {
    const changes = planFrom(TWO_TOPICS('one', 'value'), TWO_TOPICS('uno', 'new_value'))
    const direct = (Name: string, BeforeValue: string, AfterValue: string, RequiresRecreation: string) => ({
      Target: {
        Attribute: 'Properties',
        Name,
        RequiresRecreation,
        Path: `/Properties/${Name}`,
        AttributeChangeType: 'Modify',
        BeforeValue,
        AfterValue,
      },
      Evaluation: 'Static',
      ChangeSource: 'DirectModification',
    })
    const passedOn = direct('DisplayName', 'value', '{{changeSet:KNOWN_AFTER_APPLY}}', 'Never')
    expect(shown(changes)).toEqual([
      {
        action: 'Modify',
        logicalId: 'Topic1',
        replacement: 'True',
        policyAction: 'ReplaceAndDelete',
        scope: ['Properties'],
        details: [direct('TopicName', 'one', 'uno', 'Always'), direct('DisplayName', 'value', 'new_value', 'Never')],
      },
      {
        action: 'Modify',
        logicalId: 'Topic2',
        replacement: 'False',
        scope: ['Properties'],
        details: [
          { ...passedOn, Evaluation: 'Dynamic' },
          { ...passedOn, ChangeSource: 'ResourceAttribute', CausingEntity: 'Topic1.DisplayName' },
        ],
      },
    ])
    expect(changes.map(({ because }) => because)).toEqual([
      '`Properties.TopicName`, `Properties.DisplayName` change, which needs a new resource',
      '`Properties.DisplayName` changes because of `Topic1.DisplayName`',
    ])
    expect(shown(changes.map(withoutPropertyValues)).map(({ details }) => details)).toEqual([
      [
        {
          Target: { Attribute: 'Properties', Name: 'TopicName', RequiresRecreation: 'Always' },
          Evaluation: 'Static',
          ChangeSource: 'DirectModification',
        },
        {
          Target: { Attribute: 'Properties', Name: 'DisplayName', RequiresRecreation: 'Never' },
          Evaluation: 'Static',
          ChangeSource: 'DirectModification',
        },
      ],
      [
        {
          Target: { Attribute: 'Properties', Name: 'DisplayName', RequiresRecreation: 'Never' },
          Evaluation: 'Static',
          ChangeSource: 'ResourceAttribute',
          CausingEntity: 'Topic1.DisplayName',
        },
      ],
    ])
  })

  // As recorded: a resource keeps its name when it is updated in place.
  it('leaves those alone that refer to the name of what is updated in place', () => {
    const changes = planFrom(TWO_TOPICS('one', 'a', '!Ref Topic1'), TWO_TOPICS('one', 'b', '!Ref Topic1'))
    expect(changes.map(({ logicalId, replacement }) => [logicalId, replacement])).toEqual([['Topic1', 'False']])
  })

  it('expects that an attribute of what is updated in place may change', () => {
    const changes = planFrom(TWO_TOPICS('one', 'a'), TWO_TOPICS('one', 'b'))
    expect(changes[1]).toMatchObject({
      logicalId: 'Topic2',
      replacement: 'False',
      details: [{ Evaluation: 'Dynamic' }, { Evaluation: 'Dynamic' }],
    })
  })

  it('replaces only conditionally what hangs on an attribute that may change', () => {
    const revision = (display: string) => ({
      template: `
Resources:
  A: { Type: AWS::SNS::Topic, Properties: { DisplayName: ${display} } }
  B: { Type: AWS::SNS::Topic, Properties: { TopicName: !GetAtt A.DisplayName } }
  C: { Type: AWS::SNS::Topic, Properties: { DisplayName: !Ref B } }
`,
    })
    const changes = planFrom(revision('x'), revision('y'))
    expect(changes.map(({ logicalId, replacement }) => `${logicalId} ${replacement}`)).toEqual([
      'A False',
      'B Conditional',
      'C False',
    ])
    expect(changes[1]?.policyAction).toBeUndefined()
    expect(changes[2]?.details[1]).toMatchObject({ ChangeSource: 'ResourceReference', CausingEntity: 'B', Evaluation: 'Dynamic' })
  })

  // As recorded.
  it('names the parameter that causes a change', () => {
    const revision = (name: string) => ({
      template: `
Parameters: { TopicName: { Type: String } }
Resources:
  Foo: { Type: AWS::SNS::Topic, Properties: { TopicName: !Ref TopicName } }
  Parameter: { Type: AWS::SSM::Parameter, Properties: { Type: String, Value: !GetAtt Foo.TopicName } }
`,
      parameters: { TopicName: name },
    })
    const changes = planFrom(revision('topic-1'), revision('topic-2')).map(withoutPropertyValues)
    const Target = { Attribute: 'Properties', Name: 'TopicName', RequiresRecreation: 'Always' }
    expect(changes[0]).toMatchObject({
      replacement: 'True',
      policyAction: 'ReplaceAndDelete',
      details: [
        { CausingEntity: 'TopicName', ChangeSource: 'ParameterReference', Evaluation: 'Static', Target },
        { ChangeSource: 'DirectModification', Evaluation: 'Dynamic', Target },
      ],
    })
    expect(changes[1]).toMatchObject({
      replacement: 'False',
      details: [{ CausingEntity: 'Foo.TopicName', ChangeSource: 'ResourceAttribute', Evaluation: 'Static' }],
    })
    expect(changes[1]?.details).toHaveLength(1)
  })

  it('asks the resource type where only it knows whether a change replaces', () => {
    const revision = (kind: string) => ({
      template: `Resources: { A: { Type: AWS::SNS::Topic, Properties: { Kind: ${kind} } } }`,
    })
    const plan = (replaces?: NonNullable<PlanInput['replaces']>) =>
      planFrom(revision('a'), revision('b'), replaces && { replaces })[0]?.replacement
    expect([plan(), plan(() => true), plan(() => false)]).toEqual(['Conditional', 'True', 'False'])
  })

  it('removes last, in the reverse of the order in which things stand', () => {
    const before = {
      template: 'Resources: { A: { Type: AWS::SNS::Topic }, B: { Type: AWS::SNS::Topic, DeletionPolicy: Retain } }',
    }
    const after = { template: 'Resources: { C: { Type: AWS::SNS::Topic } }' }
    expect(
      planFrom(before, after).map(({ action, logicalId, policyAction, physicalId }) => [
        action,
        logicalId,
        policyAction,
        physicalId,
      ]),
    ).toEqual([
      ['Add', 'C', undefined, undefined],
      ['Remove', 'B', 'Retain', 'arn:B'],
      ['Remove', 'A', 'Delete', 'arn:A'],
    ])
  })

  it('tells of metadata and policies that change, and of nothing else then', () => {
    const before = {
      template:
        'Resources: { A: { Type: AWS::SNS::Topic, Metadata: { X: 1 } }, B: { Type: AWS::SNS::Topic, Properties: { DisplayName: !GetAtt A.TopicArn } } }',
    }
    const after = { template: before.template.replace('X: 1', 'X: 2').replace('Metadata', 'DeletionPolicy: Retain, Metadata') }
    const changes = planFrom(before, after)
    expect(changes).toMatchObject([{ logicalId: 'A', replacement: 'False', scope: ['Metadata', 'DeletionPolicy'] }])
    expect(changes).toHaveLength(1)
  })

  it('keeps what is replaced where the policy says so', () => {
    const revision = (name: string) => ({
      template: `Resources: { A: { Type: AWS::SNS::Topic, UpdateReplacePolicy: Retain, Properties: { TopicName: ${name} } } }`,
    })
    expect(planFrom(revision('a'), revision('b'))).toMatchObject([{ replacement: 'True', policyAction: 'ReplaceAndRetain' }])
  })

  it('takes an import that is not there for known after apply', () => {
    const template = 'Resources: { A: { Type: AWS::SNS::Topic, Properties: { DisplayName: !ImportValue other } } }'
    const { scope } = scopeOf({ template })
    const [change] = planFrom({ template: '' }, { template }, { scope: { ...scope, missingImport: 'unknown' } })
    expect(change?.after).toMatchObject({ Properties: { DisplayName: '{{changeSet:KNOWN_AFTER_APPLY}}' } })
  })
})
