import { describe, expect, test } from 'vitest'
import type { AwsError } from '#core/aws/aws-error.ts'
import type { AnyResourceType } from '#kit/resource.ts'
import { getRestApi, listRestApis } from '../rest-apis.ts'
import { getStage } from '../stages.ts'
import { requestFrom, scope, type World, world } from '../testing/world.ts'
import account from './account.ts'
import deployment from './deployment.ts'
import gatewayResponse from './gateway-response.ts'
import method from './method.ts'
import model from './model.ts'
import requestValidator from './request-validator.ts'
import resource from './resource.ts'
import restApi from './rest-api.ts'
import stage from './stage.ts'

const TYPES = {
  RestApi: restApi,
  Resource: resource,
  Method: method,
  Deployment: deployment,
  Stage: stage,
  Account: account,
  Model: model,
  RequestValidator: requestValidator,
  GatewayResponse: gatewayResponse,
} as unknown as Readonly<Record<string, AnyResourceType>>

async function create(w: World, type: string, properties: string, logicalId = type) {
  const handler = TYPES[type] as AnyResourceType
  const request = requestFrom<Record<string, unknown>>(logicalId, properties)
  const state = await handler.create(request, w.ports)
  return {
    ...state,
    update: (changed: string) =>
      handler.update?.(requestFrom(logicalId, changed), { ...state, properties: request.properties }, w.ports),
    remove: () => handler.delete({ ...request, ...state }, w.ports),
  }
}

const FUNCTION = 'arn:aws:lambda:eu-central-1:111122223333:function:pets'
const URI = `arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/${FUNCTION}/invocations`
const BODY = `Body:
  swagger: '2.0'
  info: { title: pets, version: '1' }
  x-amazon-apigateway-policy:
    Version: '2012-10-17'
    Statement:
      - Effect: Allow
        Principal: '*'
        Action: execute-api:Invoke
        Resource: execute-api:/*
  paths:
    /pets:
      get:
        responses: {}
        x-amazon-apigateway-integration:
          type: aws_proxy
          httpMethod: POST
          uri: ${URI}
`
const PRIVATE = `EndpointConfiguration:
  Types: [PRIVATE]
  VpcEndpointIds: [vpce-0123456789abcdef0]
Parameters: { endpointConfigurationTypes: PRIVATE }
`

test('an API from a body is deployed with its policy, and every part knows its line', async () => {
  const w = world()
  const api = await create(w, 'RestApi', `${PRIVATE}${BODY}`, 'Api')
  expect(api.attributes).toMatchObject({ RestApiId: api.ref, RootResourceId: expect.any(String) })
  const deployed = await create(w, 'Deployment', `RestApiId: ${api.ref}\nStageName: Stage`)
  await create(w, 'Stage', `RestApiId: ${api.ref}\nDeploymentId: ${deployed.ref}\nStageName: dev`)

  const snapshot = w.published.get(`${api.ref}/dev`)?.snapshot
  expect(snapshot).toMatchObject({
    endpointType: 'PRIVATE',
    vpcEndpointIds: ['vpce-0123456789abcdef0'],
    source: { path: 'Resources.Api.Properties.EndpointConfiguration', stack: 'pets' },
    methods: [
      {
        path: '/pets',
        httpMethod: 'GET',
        integration: { type: 'AWS_PROXY', uri: URI, httpMethod: 'POST' },
        source: { file: 'template.yaml', line: 18, path: 'Resources.Api.Properties.Body.paths./pets.get', stack: 'pets' },
      },
    ],
    policy: { stack: 'pets', sources: { '/Statement/0': { file: 'template.yaml', line: 11 } } },
  })
  expect(w.published.get(`${api.ref}/Stage`)?.snapshot).toEqual(snapshot)
})

test('a policy beside the body goes before the one inside', async () => {
  const w = world()
  const policy = `Policy:
  Statement: { Effect: Deny, Principal: '*', Action: execute-api:Invoke, Resource: execute-api:/* }
`
  const { ref } = await create(w, 'RestApi', `${policy}${BODY}`)
  expect(getRestApi(ref, scope, w.ports).policy?.document).toMatchObject({ Statement: { Effect: 'Deny' } })
})

test('a private API without a policy is made, and refused when it is deployed', async () => {
  const w = world()
  const { ref } = await create(w, 'RestApi', `${PRIVATE}Name: pets`)
  await expect(create(w, 'Deployment', `RestApiId: ${ref}`)).rejects.toThrow(
    "Private REST API doesn't have a resource policy attached to it",
  )
})

test('tags say which stack made it', async () => {
  const w = world()
  const { ref } = await create(w, 'RestApi', 'Name: pets\nTags: [{ Key: a, Value: b }]', 'Api')
  expect(getRestApi(ref, scope, w.ports).tags).toEqual({
    a: 'b',
    team: 'zoo',
    'aws:cloudformation:logical-id': 'Api',
    'aws:cloudformation:stack-id': 'arn:aws:cloudformation:eu-central-1:111122223333:stack/pets/1',
    'aws:cloudformation:stack-name': 'pets',
  })
})

test('an updated API keeps its id, and its stages what they were deployed with', async () => {
  const w = world()
  const api = await create(w, 'RestApi', BODY)
  await create(w, 'Deployment', `RestApiId: ${api.ref}\nStageName: dev`)
  const before = JSON.stringify([...w.published])
  const updated = await api.update(BODY.replace('Effect: Allow', 'Effect: Deny').replace('/pets:', '/dogs:'))
  expect(updated?.ref).toBe(api.ref)
  expect(JSON.stringify([...w.published])).toBe(before)
  expect(getRestApi(api.ref, scope, w.ports).policy?.document).toMatchObject({ Statement: [{ Effect: 'Deny' }] })
})

test('an update without the policy takes it away', async () => {
  const w = world()
  const policy = `Policy: { Statement: { Effect: Deny, Principal: '*', Action: '*', Resource: '*' } }`
  const api = await create(w, 'RestApi', `Name: pets\n${policy}`)
  await api.update('Name: pets')
  expect(getRestApi(api.ref, scope, w.ports).policy).toBeUndefined()
})

test('binary media types may be written with `~1`, and are listed once', async () => {
  const w = world()
  const written =
    'Body: { openapi: 3.0.1, x-amazon-apigateway-binary-media-types: [image/png] }\nBinaryMediaTypes: [image~1png, image/gif]'
  const { ref } = await create(w, 'RestApi', `Name: pets\n${written}`)
  expect(getRestApi(ref, scope, w.ports).binaryMediaTypes).toEqual(['image/png', 'image/gif'])
})

test('the definition may be an object in S3', async () => {
  const read: string[] = []
  const w = world({
    objects: {
      read: async (_scope, { bucket, key }) => {
        read.push(`${bucket}/${key}`)
        return new TextEncoder().encode('{"swagger":"2.0","info":{"title":"from s3","version":"1"},"paths":{}}')
      },
    },
  })
  const { ref } = await create(w, 'RestApi', 'BodyS3Location: { Bucket: b, Key: k.json }\nBinaryMediaTypes: [image/gif]')
  expect(read).toEqual(['b/k.json'])
  expect(getRestApi(ref, scope, w.ports)).toMatchObject({ name: 'from s3', binaryMediaTypes: ['image/gif'] })
})

describe('what the data plane cannot serve is refused with its place in the template', () => {
  test.each<[string, string, RegExp]>([
    ['an HTTP integration', BODY.replace('aws_proxy', 'http').replace(URI, 'https://example.com/'), /HTTP/],
    [
      'a template with a program',
      BODY.replace('type: aws_proxy', `type: mock\n          requestTemplates: { application/json: '#set($x = 1)' }`),
      /#set/,
    ],
    [
      'a Lambda authorizer',
      `${BODY}  security: [{ token: [] }]
  securityDefinitions:
    token: { type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authorizer: { type: token, authorizerUri: '${URI}' } }
`,
      /Lambda authorizer/,
    ],
  ])('%s', async (_name, properties, what) => {
    const w = world()
    const refusal = expect.objectContaining({
      status: 501,
      message: expect.stringMatching(what),
      position: expect.objectContaining({ file: 'template.yaml', line: 14 }),
    })
    await expect(create(w, 'RestApi', properties, 'Api')).rejects.toThrow(refusal)
    await expect(create(w, 'RestApi', properties, 'Api')).rejects.toThrow('Resources.Api.Properties.Body.paths./pets.get')
    expect(listRestApis(scope, w.ports)).toEqual([])
  })
})

test('an API is made without what the data plane cannot serve, where the stack goes without', async () => {
  const w = world()
  const body = BODY.replace('aws_proxy', 'http').replace(URI, 'https://example.com/')
  const noted: string[] = []
  const request = { ...requestFrom<never>('Api', body), unsupported: ({ message }: AwsError) => void noted.push(message) }
  const { ref } = await restApi.create(request, w.ports)
  expect(noted).toEqual([
    '`Resources.Api.Properties.Body.paths./pets.get` (template.yaml:14:9): integrations of type `HTTP` are not supported',
  ])
  await create(w, 'Deployment', `RestApiId: ${ref}\nStageName: dev`)
  expect(w.published.get(`${ref}/dev`)?.snapshot.methods).toMatchObject([{ path: '/pets', integration: { type: 'HTTP' } }])
})

describe('an API of resources and methods', () => {
  async function built() {
    const w = world()
    const api = await create(w, 'RestApi', 'Name: pets')
    const pets = await create(
      w,
      'Resource',
      `RestApiId: ${api.ref}\nParentId: ${api.attributes['RootResourceId']}\nPathPart: pets`,
    )
    return { w, api, pets, mock: `RestApiId: ${api.ref}\nResourceId: ${pets.ref}\nHttpMethod: GET\nAuthorizationType: NONE\n` }
  }
  const MOCK = `Integration: { Type: MOCK, RequestTemplates: { application/json: '{"statusCode": 200}' } }\n`

  test.each([
    ["ResponseTemplates: { a/b: '#set($x = 1)' }", 'uses `#set`'],
    ['ResponseParameters: { gatewayresponse.header.x: a.b }', 'mapping of `gatewayresponse.header.x` from `a.b`'],
  ])('refuses a gateway response that cannot be given: %s', async (written, what) => {
    const { w, api } = await built()
    const response = `RestApiId: ${api.ref}\nResponseType: DEFAULT_4XX\n${written}`
    await expect(create(w, 'GatewayResponse', response)).rejects.toThrow(what)
  })

  test('has the references of its parts', async () => {
    const { w, api, pets, mock } = await built()
    expect(pets.attributes).toEqual({ ResourceId: pets.ref })
    expect((await create(w, 'Method', mock + MOCK)).ref).toBe(`${api.ref}|${pets.ref}|GET`)
    const deployed = await create(w, 'Deployment', `RestApiId: ${api.ref}`)
    expect(deployed.attributes).toEqual({ DeploymentId: deployed.ref })
    expect((await create(w, 'Stage', `RestApiId: ${api.ref}\nDeploymentId: ${deployed.ref}\nStageName: dev`)).ref).toBe('dev')
    expect((await create(w, 'Model', `RestApiId: ${api.ref}\nSchema: {}`)).ref).toMatch(/^[A-Za-z0-9]+$/)
    const validator = await create(w, 'RequestValidator', `RestApiId: ${api.ref}\nName: all`)
    expect(validator.attributes).toEqual({ RequestValidatorId: validator.ref })
    const response = await create(w, 'GatewayResponse', `RestApiId: ${api.ref}\nResponseType: DEFAULT_4XX\nStatusCode: '418'`)
    expect(response.attributes).toEqual({ Id: 'DEFAULT_4XX' })
  })

  test('a changed method is felt with the next deployment', async () => {
    const { w, api, mock } = await built()
    const get = await create(w, 'Method', mock + MOCK)
    await create(w, 'Deployment', `RestApiId: ${api.ref}\nStageName: dev`, 'First')
    await get.update(`${mock}ApiKeyRequired: true\n${MOCK}`)
    expect(w.published.get(`${api.ref}/dev`)?.snapshot.methods[0]?.apiKeyRequired).toBe(false)
    await create(w, 'Deployment', `RestApiId: ${api.ref}\nStageName: dev`, 'Second')
    expect(w.published.get(`${api.ref}/dev`)?.snapshot.methods[0]?.apiKeyRequired).toBe(true)
  })

  test('a stage survives the replacement of its deployment, and goes with the last', async () => {
    const { w, api, mock } = await built()
    await create(w, 'Method', mock + MOCK)
    const first = await create(w, 'Deployment', `RestApiId: ${api.ref}\nStageName: dev`, 'First')
    const second = await create(w, 'Deployment', `RestApiId: ${api.ref}\nStageName: dev`, 'Second')
    await first.remove()
    expect(getStage(api.ref, 'dev', scope, w.ports).deploymentId).toBe(second.ref)
    await second.remove()
    expect(w.published.size).toBe(0)
  })

  test('a deployment in use by a stage of its own stays', async () => {
    const { w, api, mock } = await built()
    await create(w, 'Method', mock + MOCK)
    const deployed = await create(w, 'Deployment', `RestApiId: ${api.ref}`)
    await create(w, 'Stage', `RestApiId: ${api.ref}\nDeploymentId: ${deployed.ref}\nStageName: dev`)
    await expect(async () => deployed.remove()).rejects.toThrow(
      'Active stages pointing to this deployment must be moved or deleted',
    )
  })

  test('a stage takes its settings, and loses those that are no longer written', async () => {
    const { w, api, mock } = await built()
    await create(w, 'Method', mock + MOCK)
    const deployed = await create(w, 'Deployment', `RestApiId: ${api.ref}`)
    const base = `RestApiId: ${api.ref}\nDeploymentId: ${deployed.ref}\nStageName: dev\n`
    const dev = await create(
      w,
      'Stage',
      `${base}Variables: { a: '1' }
MethodSettings: [{ ResourcePath: '/*', HttpMethod: '*', LoggingLevel: INFO, DataTraceEnabled: true }]
AccessLogSetting: { DestinationArn: 'arn:aws:logs:eu-central-1:111122223333:log-group:g:*', Format: $context.requestId }
`,
    )
    expect(w.published.get(`${api.ref}/dev`)).toMatchObject({
      variables: { a: '1' },
      methodSettings: { '*': { loggingLevel: 'INFO', dataTraceEnabled: true } },
      accessLog: { destinationArn: 'arn:aws:logs:eu-central-1:111122223333:log-group:g' },
    })
    await dev.update(base)
    expect(w.published.get(`${api.ref}/dev`)).toMatchObject({ variables: {}, methodSettings: {} })
    expect(w.published.get(`${api.ref}/dev`)?.accessLog).toBeUndefined()
  })

  test('everything can be deleted twice, and after the API', async () => {
    const { w, api, pets, mock } = await built()
    const parts = [
      await create(w, 'Method', mock + MOCK),
      pets,
      await create(w, 'Model', `RestApiId: ${api.ref}\nSchema: {}`),
      await create(w, 'RequestValidator', `RestApiId: ${api.ref}`),
      await create(w, 'GatewayResponse', `RestApiId: ${api.ref}\nResponseType: DEFAULT_4XX`),
    ]
    await api.remove()
    for (const part of [...parts, api]) await part.remove()
    expect(listRestApis(scope, w.ports)).toEqual([])
  })
})
