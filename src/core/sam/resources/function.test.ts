import { describe, expect, it } from 'vitest'
import { at, plain, refusalOf, transformed } from '../testing/transformed.ts'

const fn = (properties: string, more = '', attributes = '') => `Resources:
  F:
    Type: AWS::Serverless::Function
    ${attributes}
    Properties: { Handler: a.b, Runtime: nodejs22.x, CodeUri: 's3://bucket/key', ${properties} }
${more}`

describe('a function', () => {
  it.each([
    [
      'tags the rules of IoT made for its events',
      "Tags: { a: b }, PropagateTags: true, Events: { E: { Type: IoTRule, Properties: { Sql: 'SELECT 1' } } }",
      '',
      ['FE', 'Properties', 'Tags'],
      [{ Key: 'a', Value: 'b' }],
    ],
    [
      'leaves alone the tags of a user pool, which are a map there',
      'Tags: { a: b }, PropagateTags: true, Events: { E: { Type: Cognito, Properties: { UserPool: !Ref Pool, Trigger: PreSignUp } } }',
      '  Pool: { Type: AWS::Cognito::UserPool }',
      ['Pool', 'Properties', 'Tags'],
      undefined,
    ],
  ])('%s', (_name, properties, more, path, expected) => {
    expect(plain(at(transformed(fn(properties, more)), ...path))).toEqual(expected)
  })

  it('takes an empty condition for none where its methods are written', () => {
    const event = 'Events: { E: { Type: Api, Properties: { Path: /a, Method: get } } }'
    const { ServerlessRestApi: api } = transformed(fn(event, '', "Condition: ''"))
    expect(at(api, 'Properties', 'Body', 'paths', '/a', 'Fn::If', 1, 'get', 'responses')).toEqual({})
  })

  it.each([
    [
      'tells of the alarms of its deployments before it looks at its events',
      'AutoPublishAlias: live, DeploymentPreference: { Type: AllAtOnce, Alarms: one }, Events: { E: { Type: SQS, Properties: { Queue: q, FilterCriteria: { a: 1 } } } }',
      '',
      'Resource with id [F] is invalid. Alarms must be a list',
    ],
    [
      'is refused for a bucket without a type',
      "Events: { E: { Type: S3, Properties: { Bucket: !Ref B, Events: 's3:*' } } }",
      '  B: { Properties: {} }',
      "Resource with id [B] is invalid. Resource dict missing key 'Type'.",
    ],
    [
      'is refused for the event that AWS comes upon first where its tenants are kept apart',
      'TenancyConfig: { TenantIsolationMode: PER_TENANT }, Events: { B: { Type: SNS, Properties: { Topic: t } }, A: { Type: SQS, Properties: { Queue: q } } }',
      '  Api: { Type: AWS::Serverless::Api, Properties: { StageName: p } }',
      "Resource with id [F] is invalid. Event source 'SQS' is not supported for functions enabled with tenancy configuration. Only Api and HttpApi event sources are supported.",
    ],
  ])('%s', (_name, properties, more, message) => {
    expect(refusalOf(fn(properties, more))).toBe(message)
  })
})
