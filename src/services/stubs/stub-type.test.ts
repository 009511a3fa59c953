import { describe, expect, it } from 'vitest'
import type { AnyResourceType } from '#kit/resource.ts'
import { fakePorts } from '#kit/testing/fake-ports.ts'
import { fakeCaller, fakeRequest } from '#kit/testing/fake-request.ts'
import { registry } from '#services/schemas/registry.ts'
import { forms } from './forms.ts'
import { stubType } from './stub-type.ts'

async function stub(type: string): Promise<AnyResourceType> {
  const found = await stubType(type)
  if (!found) throw new Error(`no stub of ${type}`)
  return found
}

const made = async (type: string, properties: Record<string, unknown> = {}) =>
  (await stub(type)).create(fakeRequest(properties), fakePorts())

const name = /^story-Thing-[A-Z0-9]{12}$/
const arn = (rest: string) => new RegExp(`^arn:aws:${rest}$`)

describe('stubs', () => {
  it.each<[type: string, properties: Record<string, unknown>, ref: RegExp, attributes: Record<string, RegExp>]>([
    [
      'AWS::SQS::Queue',
      { QueueName: 'jobs' },
      /^https:\/\/sqs\.eu-central-1\.amazonaws\.com\/111111111111\/jobs$/,
      { Arn: arn('sqs:eu-central-1:111111111111:jobs'), QueueName: /^jobs$/ },
    ],
    ['AWS::SQS::Queue', {}, /\/story-Thing-[A-Z0-9]{12}$/, { QueueName: name, Arn: arn('sqs:.*:story-Thing-[A-Z0-9]{12}') }],
    ['AWS::Events::Rule', {}, name, { Arn: arn('events:.*:rule/story-Thing-[A-Z0-9]{12}') }],
    ['AWS::Events::Rule', { EventBusName: 'bus', Name: 'r' }, /^bus\|r$/, {}],
    [
      'AWS::ApiGatewayV2::Api',
      {},
      /^[a-z0-9]{10}$/,
      { ApiEndpoint: /^https:\/\/[a-z0-9]{10}\.execute-api\.eu-central-1\.amazonaws\.com$/ },
    ],
    ['AWS::ApiGatewayV2::Stage', { StageName: '$default' }, /^\$default$/, {}],
    [
      'AWS::StepFunctions::StateMachine',
      { StateMachineName: 'm' },
      arn('states:eu-central-1:111111111111:stateMachine:m'),
      { Name: /^m$/, Arn: arn('states:.*:stateMachine:m') },
    ],
    [
      'AWS::DynamoDB::Table',
      { TableName: 't' },
      /^t$/,
      { Arn: arn('dynamodb:.*:table/t'), StreamArn: arn('dynamodb:.*:table/t/stream/.*Z') },
    ],
    ['AWS::Kinesis::Stream', { Name: 's' }, /^s$/, { Arn: arn('kinesis:.*:stream/s') }],
    ['AWS::Lambda::EventSourceMapping', {}, /^[0-9a-f-]{36}$/, { EventSourceMappingArn: arn('lambda:.*') }],
    ['AWS::Lambda::LayerVersion', { LayerName: 'l' }, arn('lambda:eu-central-1:111111111111:layer:l:1'), {}],
    ['AWS::Lambda::Url', { TargetFunctionArn: 'arn:f' }, /^arn:f$/, { FunctionUrl: /^https:\/\/.*\.on\.aws\/$/ }],
    ['AWS::Cognito::UserPool', {}, /^eu-central-1_[a-z0-9]{9}$/, { Arn: arn('cognito-idp:.*:userpool/eu-central-1_.{9}') }],
    ['AWS::SNS::Subscription', { TopicArn: 'arn:t' }, /^arn:t:[0-9a-f-]{36}$/, {}],
    ['AWS::AppSync::GraphQLSchema', { ApiId: 'a' }, /^aGraphQLSchema$/, {}],
    ['AWS::AppSync::DataSource', { ApiId: 'a', Name: 'none' }, arn('appsync:.*:apis/a/datasources/none'), { Name: /^none$/ }],
    [
      'AWS::AppSync::Resolver',
      { ApiId: 'a', TypeName: 'Query', FieldName: 'all' },
      arn('appsync:.*:apis/a/types/Query/resolvers/all'),
      { FieldName: /^all$/ },
    ],
    ['AWS::SQS::QueuePolicy', { Queues: ['q'] }, name, {}],
    ['AWS::KMS::Key', {}, /^[0-9a-f-]{36}$/, { Arn: arn('kms:.*:key/[0-9a-f-]{36}') }],
    ['AWS::CloudFormation::Stack', {}, arn('cloudformation:.*:stack/story-Thing-[A-Z0-9]{12}/[0-9a-f-]{36}'), {}],
    ['AWS::EC2::Instance', {}, /^i-[0-9a-f]{17}$/, {}],
    ['Custom::Seed', { ServiceToken: 'arn:f', Anything: 1 }, name, {}],
  ])('of %s with %j are known as AWS would have it', async (type, properties, ref, attributes) => {
    const state = await made(type, properties)
    expect(state.ref).toMatch(ref)
    for (const [attribute, form] of Object.entries(attributes)) expect(state.attributes[attribute], attribute).toMatch(form)
  })

  it('of every type have a name, and a value for every attribute', async () => {
    for (const type of Object.keys(registry)) {
      const { ref, attributes } = await made(type)
      expect(ref, type).toMatch(/\S/)
      expect(`${ref} ${JSON.stringify(attributes)}`, type).not.toMatch(/[{$]\w+\}|undefined|\$\{/)
    }
  })

  it('are in the partition of their region', async () => {
    const caller = fakeCaller({ region: 'cn-north-1', partition: 'aws-cn' })
    const { ref, attributes } = await (await stub('AWS::SQS::Queue')).create(fakeRequest({}, { caller }), fakePorts())
    expect(ref).toContain('.amazonaws.com.cn/')
    expect(attributes['Arn']).toMatch(/^arn:aws-cn:/)
  })

  it('stay what they are known by when they change', async () => {
    const queue = await stub('AWS::SQS::Queue')
    const before = await queue.create(fakeRequest({}), fakePorts())
    expect(await queue.update?.(fakeRequest({ DelaySeconds: 1 }), { ...before, properties: {} }, fakePorts())).toEqual(before)
  })

  it('are marked, but for what is nothing on AWS too', async () => {
    expect((await stub('AWS::SQS::Queue')).isStub).toBe(true)
    expect((await stub('AWS::CDK::Metadata')).isStub).toBeUndefined()
    expect((await made('AWS::CDK::Metadata', { Analytics: 'v2:deflate64:x' })).ref).toMatch(name)
  })

  it.each(['AWS::SQS::Que', 'AWS::Serverless::Function', 'Mine', 'Custom::', 'toString'])('there is none of %s', async (type) => {
    expect(await stubType(type)).toBeUndefined()
  })

  it('have forms of their own only for types and members that there are', () => {
    for (const [type, members] of Object.entries(forms)) {
      expect(registry[type], type).toBeDefined()
      for (const member of Object.keys(members)) expect(registry[type], `${type}.${member}`).toContain(member)
    }
  })
})
