import fc from 'fast-check'
import { expect, it } from 'vitest'
import { AwsError } from '../aws/aws-error.ts'
import { checkTemplate } from '../template/check.ts'
import { checkValues } from '../template/check-values.ts'
import { evaluateConditions } from '../template/conditions.ts'
import { resolveParameters } from '../template/parameters.ts'
import { parseTemplate } from '../template/parse.ts'
import { outputsOf, resourcesOf } from '../template/resources.ts'
import { checkRules } from '../template/rules.ts'
import { replaceAt } from '../template/testing/replace-at.ts'
import { isMap, memberOf, type Value, type ValueMap } from '../template/value.ts'
import { checkProperties } from './check-properties.ts'
import { planChanges } from './plan.ts'
import { thing } from './testing/thing.ts'

const whole = parseTemplate(`
Parameters:
  Stage: { Type: String, Default: prod, AllowedValues: [prod, dev] }
  Zones: { Type: CommaDelimitedList, Default: 'a,b' }
Mappings: { Sizes: { prod: { Count: 3 }, dev: { Count: 1 } } }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsSmall: !Not [!Or [!Condition IsProd, !Equals [!Select [0, !Ref Zones], b]]]
Rules: { R: { RuleCondition: !Equals [!Ref Stage, prod], Assertions: [{ Assert: !Contains [!Ref Zones, a] }] } }
Resources:
  One:
    Type: AWS::Test::Thing
    DeletionPolicy: !If [IsProd, Retain, Delete]
    Properties:
      Name: !Sub ['\${AWS::StackName}-\${Zone}', { Zone: !Select [1, !Ref Zones] }]
      Count: !FindInMap [Sizes, !Ref Stage, Count]
      Rule: !If [IsProd, { Port: 443, Names: !Split [',', 'x,y'] }, !Ref AWS::NoValue]
  Two:
    Type: AWS::Test::Thing
    Condition: IsProd
    DependsOn: One
    Properties: { Text: !Join ['-', [!Ref One, !GetAtt One.Arn, !ImportValue other]], Tags: [{ Key: a, Value: !Base64 b }] }
Outputs:
  O: { Condition: IsProd, Value: !GetAtt Two.Arn, Export: { Name: !Sub '\${Stage}-x' } }
`)

const pseudo = {
  AccountId: '111111111111',
  Region: 'us-east-1',
  Partition: 'aws',
  StackId: 'id',
  StackName: 'stack',
  URLSuffix: 'amazonaws.com',
  NotificationARNs: [],
}

/** From a read template to the changes that it asks for, as a change set is made. */
function plan(template: ValueMap) {
  checkTemplate(template)
  const { values: parameters } = resolveParameters(template, [], {})
  checkRules(template, parameters, pseudo)
  const conditions = evaluateConditions(template, parameters, pseudo)
  const resources = resourcesOf(template, conditions, parameters)
  const mappings = memberOf(template, 'Mappings')
  const scope = {
    parameters,
    conditions,
    mappings: isMap(mappings) ? mappings : {},
    pseudo,
    importValue: () => undefined,
    missingImport: 'unknown' as const,
    availabilityZones: () => ['a', 'b'],
  }
  checkValues(resources, outputsOf(template, conditions), scope)
  const findings = resources.flatMap((definition) =>
    checkProperties(definition, thing, { honours: Object.keys(thing.properties), refuses: ['Rule.Fixed'] }),
  )
  const [first] = resources
  const current = first
    ? [{ ...first, ref: 'one', attributes: { Arn: 'arn:one' }, properties: { Name: 'before', Rule: { Port: 1 } } }]
    : []
  return { findings, changes: planChanges({ desired: resources, current, scope, schemas: () => thing }) }
}

it('plans the whole of a template', () => {
  const { findings, changes } = plan(whole)
  expect(findings).toEqual([])
  expect(changes.map(({ action, logicalId, replacement }) => `${action} ${logicalId} ${replacement}`)).toEqual([
    'Modify One True',
    'Add Two undefined',
  ])
})

it('plans or refuses whatever the template is changed into, with AWS errors only', () => {
  const junk = fc.constantFrom<Value>(
    'x',
    1,
    true,
    [],
    {},
    ['IsProd', 'x', 'y'],
    { Ref: 'One' },
    { Ref: 'AWS::NoValue' },
    { 'Fn::GetAtt': ['One', 'Arn'] },
    { 'Fn::If': ['IsProd', { Ref: 'Zones' }, { Ref: 'AWS::NoValue' }] },
    { Condition: 'IsProd' },
    '{{changeSet:KNOWN_AFTER_APPLY}}',
  )
  let planned = 0
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 6 }), { minLength: 1, maxLength: 9 }), junk, (path, value) => {
      const changed = replaceAt(whole, path, value)
      try {
        if (isMap(changed)) plan(changed)
        planned++
      } catch (error) {
        expect(error).toBeInstanceOf(AwsError)
      }
    }),
    { numRuns: 3_000 },
  )
  expect(planned).toBeGreaterThan(100)
})
