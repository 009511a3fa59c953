import { describe, expect, it, vi } from 'vitest'
import { transform } from '#core/sam/transform.ts'
import type { ValueMap } from '#core/template/value.ts'

/*
 * A transform twice as large is twice the work, not four times. Work is counted, not timed: each member that the transform goes over
 * with one of the functions below is a step.
 */

vi.setConfig({ testTimeout: 600_000 })

const COUNTED_OBJECT = ['keys', 'values', 'entries'] as const
const COUNTED_LIST = ['map', 'filter', 'find', 'some', 'every', 'flatMap', 'includes', 'indexOf', 'slice', 'join'] as const

/** The members that `run` goes over. */
function stepsOf(run: () => void): number {
  let steps = 0
  const spies = [
    ...COUNTED_OBJECT.map((name) => {
      const original = Object[name] as (map: object) => unknown[]
      return vi.spyOn(Object, name).mockImplementation((map: object) => {
        const found = original(map)
        steps += found.length
        return found as string[]
      })
    }),
    ...COUNTED_LIST.map((name) => {
      const original = Array.prototype[name] as (...args: unknown[]) => unknown
      return vi.spyOn(Array.prototype, name).mockImplementation(function (this: unknown[], ...args: unknown[]) {
        steps += this.length
        return original.apply(this, args) as never
      })
    }),
  ]
  try {
    run()
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
  return steps
}

const times = (count: number, make: (index: number) => [string, ValueMap]) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => make(index)))
const fn = (properties: ValueMap = {}, attributes: ValueMap = {}): ValueMap => ({
  Type: 'AWS::Serverless::Function',
  ...attributes,
  Properties: { Runtime: 'nodejs22.x', Handler: 'index.handler', CodeUri: 's3://code/key', ...properties },
})
const get = (index: number, more: ValueMap = {}): ValueMap => ({
  Type: 'Api',
  Properties: { Path: `/p${index}`, Method: 'get', ...more },
})
const route = (index: number): ValueMap => ({ Type: 'HttpApi', Properties: { Path: `/p${index}/{id}`, Method: 'get' } })
const policy = { AwsAccountWhitelist: ['111122223333'], SourceVpcWhitelist: ['vpc-1'] }
const api = (more: ValueMap = {}): ValueMap => ({ Type: 'AWS::Serverless::Api', Properties: { StageName: 'p', ...more } })
const ofApi = { RestApiId: { Ref: 'Api' } }

const shapes: Record<string, (count: number) => ValueMap> = {
  'functions without events': (count) => times(count, (index) => [`F${index}`, fn({ AutoPublishAlias: 'live' })]),
  'functions of one implicit API': (count) => times(count, (index) => [`F${index}`, fn({ Events: { E: get(index) } })]),
  'functions of one API with everything': (count) => ({
    Api: api({ Cors: "'*'", Auth: { ApiKeyRequired: true, ResourcePolicy: policy } }),
    ...times(count, (index) => [`F${index}`, fn({ Events: { E: get(index, { ...ofApi, Auth: { ResourcePolicy: policy } }) } })]),
  }),
  'functions with an API each': (count) => ({
    ...times(count, (index) => [`A${index}`, api({ Auth: { ApiKeyRequired: true, UsagePlan: { CreateUsagePlan: 'SHARED' } } })]),
    ...times(count, (index) => [`F${index}`, fn({ Events: { E: get(index, { RestApiId: { Ref: `A${index}` } }) } })]),
  }),
  'authorizers and their methods': (count) => ({
    Api: api({ Auth: { DefaultAuthorizer: 'A0', Authorizers: times(count, (index) => [`A${index}`, { UserPoolArn: 'arn' }]) } }),
    ...times(count, (index) => [`F${index}`, fn({ Events: { E: get(index, { ...ofApi, Auth: { Authorizer: `A${index}` } }) } })]),
  }),
  'merged definitions': (count) => ({
    Api: api({
      MergeDefinitions: true,
      DefinitionBody: { swagger: '2.0', paths: times(count, (index) => [`/p${index}`, { get: {} }]) },
    }),
    ...times(count, (index) => [`F${index}`, fn({ Events: { E: get(index, ofApi) } })]),
  }),
  'functions of one HTTP API': (count) => times(count, (index) => [`F${index}`, fn({ Events: { E: route(index) } })]),
  'routes of one function': (count) => ({ F: fn({ Events: times(count, (index) => [`E${index}`, route(index)]) }) }),
  'functions of one bucket': (count) => ({
    Bucket: { Type: 'AWS::S3::Bucket' },
    ...times(count, (index) => [
      `F${index}`,
      fn({ Events: { E: { Type: 'S3', Properties: { Bucket: { Ref: 'Bucket' }, Events: `s3:${index}` } } } }),
    ]),
  }),
  'streams of one function': (count) => ({
    F: fn({
      Events: times(count, (index) => [
        `E${index}`,
        {
          Type: 'Kinesis',
          Properties: {
            Stream: `arn:${index}`,
            StartingPosition: 'LATEST',
            DestinationConfig: { OnFailure: { Type: 'SQS', Destination: `arn:q${index}` } },
          },
        },
      ]),
    }),
  }),
  connectors: (count) => ({
    Queue: { Type: 'AWS::SQS::Queue' },
    ...times(count, (index) => [`F${index}`, fn()]),
    ...times(count, (index) => [
      `C${index}`,
      {
        Type: 'AWS::Serverless::Connector',
        Properties: { Source: { Id: `F${index}` }, Destination: { Id: 'Queue' }, Permissions: ['Write'] },
      },
    ]),
  }),
  'state machines': (count) =>
    times(count, (index) => [
      `M${index}`,
      {
        Type: 'AWS::Serverless::StateMachine',
        Properties: {
          Definition: { StartAt: 'A', States: { A: { Type: 'Task', Resource: { 'Fn::GetAtt': ['F', 'Arn'] } } } },
          Events: { E: { Type: 'Schedule', Properties: { Schedule: 'rate(1 day)' } } },
        },
      },
    ]),
  layers: (count) => ({
    ...times(count, (index) => [
      `L${index}`,
      { Type: 'AWS::Serverless::LayerVersion', Properties: { ContentUri: 's3://code/l' } },
    ]),
    ...times(count, (index) => [`F${index}`, fn({ Layers: [{ Ref: `L${index}` }] })]),
  }),
  mistakes: (count) => times(count, (index) => [`F${index}`, fn({ Events: { E: { Type: 'Nothing' } } })]),
}

describe('the work of a transform grows as the template does', () => {
  it.each(Object.entries(shapes))('with %s', (_, shape) => {
    const steps = (count: number) => {
      const template = { Resources: shape(count) }
      return stepsOf(() => transform(template, { parameters: {}, region: 'eu-central-1' }))
    }
    const [once, twice] = [steps(150), steps(300)]
    expect(twice / once).toBeLessThan(2.2)
  })
})
