import { describe, expect, it } from 'vitest'
import { parseTemplate } from '../../template/parse.ts'
import type { ValueMap } from '../../template/value.ts'
import { connectorProfiles } from '../data/connector-profiles.ts'
import { at, plain, refusalOf, transformed } from '../testing/transformed.ts'
import { transform } from '../transform.ts'

const ENDS = `Resources:
  Worker: { Type: AWS::Serverless::Function, Properties: { InlineCode: x, Runtime: nodejs22.x, Handler: index.handler } }
  Bare: { Type: AWS::Lambda::Function, Properties: { Role: 'arn:aws:iam::123456789012:role/elsewhere' } }
  Machine: { Type: AWS::StepFunctions::StateMachine, Properties: { RoleArn: !GetAtt Own.Arn } }
  Rule:
    Type: AWS::Events::Rule
    Properties:
      Targets:
        - { Id: one, Arn: !Ref Machine, RoleArn: !GetAtt ForMachine.Arn }
        - { Id: two, Arn: !GetAtt Bus.Arn, RoleArn: !GetAtt ForBus.Arn }
        - { Id: three, Arn: 'arn:aws:states:eu-central-1:1:stateMachine:far', RoleArn: !Ref ForFar }
  Bus: { Type: AWS::Events::EventBus }
  Queue: { Type: AWS::SQS::Queue }
  Topic: { Type: AWS::SNS::Topic }
  Table: { Type: AWS::Serverless::SimpleTable }
  Bucket: { Type: AWS::S3::Bucket }
  Http: { Type: AWS::ApiGatewayV2::Api }
`
const connector = (source: string, destination: string, permissions = '[Write]', more = '') => `${ENDS}
  Con:
    Type: AWS::Serverless::Connector
    ${more}
    Properties:
      Source: ${source}
      Destination: ${destination}
      Permissions: ${permissions}
`
const id = (name: string) => `{ Id: ${name} }`
const made = (text: string) => Object.entries(transformed(text)).filter(([name]) => name.startsWith('Con'))
const refused = (text: string) => refusalOf(text).replace('Resource with id [Con] is invalid. ', '')

describe('a connector', () => {
  it('of a function is a policy of its role', () => {
    const metadata = {
      'aws:sam:connectors': { Con: { Source: { Type: 'AWS::Serverless::Function' }, Destination: { Type: 'AWS::SNS::Topic' } } },
    }
    expect(plain(transformed(connector(id('Worker'), id('Topic')))['ConPolicy'])).toEqual({
      Type: 'AWS::IAM::ManagedPolicy',
      Metadata: metadata,
      Properties: {
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: ['sns:Publish'], Resource: [{ Ref: 'Topic' }] }],
        },
        Roles: [{ Ref: 'WorkerRole' }],
      },
    })
  })

  it.each([
    ['a topic to a queue', 'Topic', 'Queue', 'ConQueuePolicy', 'AWS::SQS::QueuePolicy', 'Queues', [{ Ref: 'Queue' }]],
    ['a rule to a topic', 'Rule', 'Topic', 'ConTopicPolicy', 'AWS::SNS::TopicPolicy', 'Topics', [{ Ref: 'Topic' }]],
    ['a rule to its target', 'Rule', 'Bus', 'ConPolicy', 'AWS::IAM::ManagedPolicy', 'Roles', [{ Ref: 'ForBus' }]],
    [
      'a bucket to a function',
      'Bucket',
      'Worker',
      'ConWriteLambdaPermission',
      'AWS::Lambda::Permission',
      'SourceAccount',
      { 'Fn::Sub': '${AWS::AccountId}' },
    ],
    [
      'any route of an API to a function',
      'Http',
      'Worker',
      'ConWriteLambdaPermission',
      'AWS::Lambda::Permission',
      'SourceArn',
      {
        'Fn::Sub': [
          'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${SourceResourceId}/${SourceQualifier}',
          { SourceResourceId: { Ref: 'Http' }, SourceQualifier: '*' },
        ],
      },
    ],
  ])('from %s', (_name, source, destination, name, type, property, value) => {
    const [[madeName, resource], ...others] = made(connector(id(source), id(destination))) as [[string, ValueMap]]
    expect([madeName, resource['Type'], others]).toEqual([name, type, []])
    expect(plain(at(resource, 'Properties', property))).toEqual(value)
  })

  it('to several destinations is a policy for each', () => {
    const resources = made(
      connector(id('Worker'), '[{ Id: Table }, { Type: AWS::SQS::Queue, Arn: !Ref Far }]', '[Write, Read, Write]'),
    )
    expect(
      resources.map(([name, resource]) => [
        name,
        plain(at(resource, 'Properties', 'PolicyDocument', 'Statement', 0, 'Resource', 0)),
      ]),
    ).toEqual([
      ['ConPolicyDestination0', { 'Fn::GetAtt': ['Table', 'Arn'] }],
      ['ConPolicyDestination1', { Ref: 'Far' }],
    ])
    // As the profile orders them, not as the template does.
    expect(at(resources[1]?.[1], 'Properties', 'PolicyDocument', 'Statement', 0, 'Action', 0)).toBe('sqs:ReceiveMessage')
  })

  it('gives all of its attributes to what is made of it', () => {
    const more =
      'DependsOn: [Other]\n    Condition: Here\n    DeletionPolicy: Retain\n    UpdateReplacePolicy: Retain\n    Metadata: { Own: 1 }'
    const [[, resource]] = made(connector(id('Worker'), id('Queue'), '[Write]', more)) as [[string, ValueMap]]
    expect(plain(resource)).toMatchObject({
      DependsOn: ['Other'],
      Condition: 'Here',
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Metadata: { Own: 1, 'aws:sam:connectors': { Con: {} } },
    })
  })

  it('is waited for by the mapping that needs its policy', () => {
    const event =
      '  Poller: { Type: AWS::Serverless::Function, Properties: { InlineCode: x, Runtime: nodejs22.x, Handler: a.b, Events: { Q: { Type: SQS, Properties: { Queue: !GetAtt Queue.Arn } } } } }\n'
    const resources = transformed(connector(id('Queue'), id('Poller'), '[Read, Write]') + event)
    expect(resources['PollerQ']).toMatchObject({ DependsOn: ['ConPolicy'] })
  })

  it('between state machines is waited for by the source, and by what waited for the connector', () => {
    const waiting = '  Waiting: { Type: AWS::SNS::Topic, DependsOn: [Queue, Con] }\n'
    const resources = transformed(connector(id('Machine'), id('Machine'), '[Read]') + waiting)
    expect(resources['Machine']).toMatchObject({ DependsOn: ['ConPolicy'] })
    expect(resources['Waiting']).toMatchObject({ DependsOn: ['Queue', 'ConPolicy'] })
  })

  it('finds the target of a rule by its ARN too', () => {
    const far = "{ Type: AWS::StepFunctions::StateMachine, Arn: 'arn:aws:states:eu-central-1:1:stateMachine:far' }"
    expect(at(transformed(connector(id('Rule'), far)), 'ConPolicy', 'Properties', 'Roles')).toEqual([{ Ref: 'ForFar' }])
  })
})

describe('a connector between resources that are elsewhere', () => {
  const KNOWN = 'Arn: arn:one, RoleName: role, QueueUrl: url, ResourceId: id, Name: name, Qualifier: stage'
  const pairs = Object.entries(connectorProfiles).flatMap(([source, destinations]) =>
    Object.entries(destinations).map(([destination, profile]) => ({ source, destination, profile })),
  )

  it.each(pairs)('from $source to $destination is what their profile says', ({ source, destination, profile }) => {
    const permissions = Object.keys(profile.access)
    const text = connector(
      `{ Type: '${source}', ${KNOWN} }`,
      `{ Type: '${destination}', ${KNOWN} }`,
      `[${permissions.join(', ')}]`,
    )
    const kinds = {
      AWS_IAM_ROLE_MANAGED_POLICY: { ConPolicy: { Roles: ['role'] } },
      AWS_SQS_QUEUE_POLICY: { ConQueuePolicy: { Queues: ['url'] } },
      AWS_SNS_TOPIC_POLICY: { ConTopicPolicy: { Topics: ['arn:one'] } },
      AWS_LAMBDA_PERMISSION: { ConWriteLambdaPermission: { FunctionName: 'arn:one' } },
    }
    const resources = made(text)
    const expected = Object.entries(kinds[profile.kind]).map(([name, Properties]) => [name, { Properties }])
    expect(resources).toMatchObject(expected)
    expect(JSON.stringify(resources)).not.toContain('%{')
    const statements = at(resources[0]?.[1], 'Properties', 'PolicyDocument', 'Statement')
    const wanted = permissions.flatMap((permission) => profile.access[permission]?.['Statement'] ?? [])
    expect(Array.isArray(statements) ? statements.length : 0).toBe(wanted.length)
  })
})

describe('a connector is refused', () => {
  it.each<[string, string, string, string, 'Source' | 'Destination' | 'Permissions' | 'Properties']>([
    ["Unable to find resource with logical ID 'Gone'.", id('Gone'), id('Queue'), '[Write]', 'Source'],
    ["'Id' is missing or not a string.", id('42'), id('Queue'), '[Write]', 'Source'],
    ["'Type' is missing or not a string.", '{ Arn: one }', id('Queue'), '[Write]', 'Source'],
    [
      "Must provide 'Id' (with optional 'Qualifier') or a supported combination of other properties.",
      '{ Id: Worker, Arn: one }',
      id('Queue'),
      '[Write]',
      'Source',
    ],
    ['Destination.Arn is missing.', id('Worker'), '{ Type: AWS::SQS::Queue }', '[Write]', 'Destination'],
    ["Unable to get IAM role name from 'Source' resource.", id('Bare'), id('Queue'), '[Write]', 'Source'],
    [
      "Unable to get SQS queue URL from 'Destination' resource.",
      id('Topic'),
      '{ Type: AWS::SQS::Queue, Arn: one }',
      '[Write]',
      'Destination',
    ],
    [
      "Unable to create connector from AWS::SQS::Queue to AWS::SNS::Topic; it's not supported or the template is invalid.",
      id('Queue'),
      id('Topic'),
      '[Write]',
      'Properties',
    ],
    ["'Permissions' cannot be empty; valid values are: Read, Write.", id('Worker'), id('Queue'), '[]', 'Permissions'],
    [
      "Unsupported 'Permissions' provided for connector from AWS::Lambda::Function to AWS::SQS::Queue; valid values are: Read, Write.",
      id('Worker'),
      id('Queue'),
      '[Delete]',
      'Permissions',
    ],
    [
      "Unsupported 'Permissions' provided for connector from AWS::StepFunctions::StateMachine to AWS::StepFunctions::StateMachine; valid combinations are: Read, Read + Write.",
      id('Machine'),
      id('Machine'),
      '[Write]',
      'Permissions',
    ],
    ["'Destination' is an empty list", id('Worker'), '[]', '[Write]', 'Destination'],
    ["Type of property 'Source' is invalid.", 'Worker', id('Queue'), '[Write]', 'Source'],
    ["Type of property 'Destination' is invalid.", id('Worker'), 'Queue', '[Write]', 'Destination'],
    ["Type of property 'Permissions' is invalid.", id('Worker'), id('Queue'), 'Write', 'Permissions'],
  ])('%s', (message, source, destination, permissions, place) => {
    const text = connector(source, destination, permissions)
    expect(refused(text)).toBe(message)
    const result = transform(parseTemplate(text), { parameters: {}, region: 'eu-central-1' })
    const { line, column } = (!result.ok && result.causes[0]?.position) || { line: 0, column: 0 }
    const written = { Source: source, Destination: destination, Permissions: permissions, Properties: `Source: ${source}` }
    expect(text.split('\n')[line - 1]?.slice(column - 1)).toBe(written[place])
  })

  it('where its metadata is no map', () => {
    expect(refused(connector(id('Worker'), id('Queue'), '[Write]', 'Metadata: one'))).toBe(
      "Attribute 'Metadata' should be a map.",
    )
  })
})
