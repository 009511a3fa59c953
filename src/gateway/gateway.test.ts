import { describe, expect, it } from 'vitest'
import { apiStage, entranceTo, lambdaMethod } from '#core/gateway/testing/api-stage.ts'
import { fakePorts } from '#kit/testing/fake-ports.ts'
import { createGateway } from './gateway.ts'
import { play } from './testing/world.ts'

const HOST = 'abcdef1234.execute-api.eu-central-1.amazonaws.com'
const REQUEST = {
  method: 'GET',
  target: '/dev/entities',
  rawHeaders: ['Host', HOST],
  body: new Uint8Array(),
  bodyTooLarge: false,
  clientAddress: '10.0.1.57',
  protocol: 'HTTP/1.1',
}

describe('an answer', () => {
  it('has the headers of a real one in their order', async () => {
    const { headers } = await play({ request: {}, function: { payload: { statusCode: 200, headers: { 'x-own': '1' } } } })
    expect(Object.keys(headers)).toEqual(['Content-Type', 'x-amzn-RequestId', 'x-own', 'x-amz-apigw-id', 'X-Amzn-Trace-Id'])
    expect(headers['x-amzn-RequestId']).toMatch(/^[0-9a-f-]{36}$/)
    expect(headers['x-amz-apigw-id']).toMatch(/^[\w+/]{15}=$/)
    expect(headers['X-Amzn-Trace-Id']).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/)
  })

  it('of a refusal has an error type and no trace id', async () => {
    const { headers } = await play({ request: { target: '/dev/nothing' } })
    expect(Object.keys(headers)).toEqual(['Content-Type', 'x-amzn-RequestId', 'x-amzn-ErrorType', 'x-amz-apigw-id'])
  })

  it('of an edge-optimized API has passed CloudFront', async () => {
    const through = async (target: string) =>
      Object.keys(
        (await play({ api: { endpointType: 'EDGE' }, policy: null, request: { through: 'public', target } })).headers,
      ).slice(-4)
    const added = ['X-Cache', 'Via', 'X-Amz-Cf-Pop', 'X-Amz-Cf-Id']
    expect(await through('/dev/entities')).toEqual(added)
    expect(await through('/dev/nothing')).toEqual(added)
  })

  it('hands the body on as text, or as Base64 where its type is binary', async () => {
    const sent = { method: 'POST', body: 'grüße', headers: { 'Content-Type': 'image/png' } }
    const methods = [{ httpMethod: 'POST', path: '/entities' }]
    const event = async (binaryMediaTypes: readonly string[]) => {
      const { calls } = await play({ request: sent, methods, api: { binaryMediaTypes } })
      const { body, isBase64Encoded } = JSON.parse(Buffer.from(calls[0]?.payload ?? []).toString())
      return { body, isBase64Encoded }
    }
    expect(await event([])).toEqual({ body: 'grüße', isBase64Encoded: false })
    expect(await event(['image/*'])).toEqual({ body: Buffer.from('grüße').toString('base64'), isBase64Encoded: true })
  })
})

describe('a function', () => {
  it('is called for the resource with stars for its parameters', async () => {
    const { calls } = await play({ request: { target: '/dev/entities/42' } })
    expect(calls[0]).toMatchObject({
      functionArn: 'arn:aws:lambda:eu-central-1:210987654321:function:get-entities',
      as: {
        service: 'apigateway.amazonaws.com',
        sourceArn: 'arn:aws:execute-api:eu-central-1:210987654321:abcdef1234/dev/GET/entities/*',
        sourceAccount: '210987654321',
      },
    })
  })

  it('is chosen by a stage variable, and called with the role of the integration', async () => {
    const uri =
      'arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:210987654321:function:${stageVariables.fn}/invocations'
    const { calls } = await play({
      request: { target: '/dev/x' },
      stage: { variables: { fn: 'other:live' } },
      methods: [{ httpMethod: 'ANY', path: '/x', integration: { uri, credentials: 'arn:aws:iam::210987654321:role/gw' } }],
    })
    expect(calls[0]).toMatchObject({ functionArn: 'arn:aws:lambda:eu-central-1:210987654321:function:other:live', as: 'account' })
  })
})

describe('publishing', () => {
  it('replaces what answered before, and withdrawing ends it', async () => {
    const answered = {
      kind: 'answered',
      requestId: 'r',
      payload: Buffer.from('{"statusCode":200}'),
      executedVersion: '1',
    } as const
    const gateway = createGateway(fakePorts({ functions: { invoke: async () => answered } }))
    gateway.putEntrance(entranceTo())
    const status = async () => (await gateway.handle(REQUEST, 'vpce-0aaaaaaaaaaaaaaaa')).status
    expect(await status()).toBe(403)
    gateway.publishStage(apiStage())
    expect(await status()).toBe(200)
    gateway.publishStage(apiStage({ snapshot: { methods: [lambdaMethod('GET', '/other')] } }))
    expect(await status()).toBe(403)
    expect(gateway.traces.last()?.because.code).toBe('find-route/unknown-path')
    gateway.withdrawStage('abcdef1234', 'dev')
    expect(await status()).toBe(403)
    expect(gateway.traces.last()?.because.code).toBe('locate-api/unknown')
  })

  it('refuses a policy that is none, and leaves what answered in place', () => {
    const gateway = createGateway(fakePorts())
    const broken = apiStage({ snapshot: { policy: { document: { Statement: [{ Effect: 'Deny' }] }, sources: {} } } })
    expect(() => gateway.publishStage(broken)).toThrow(expect.objectContaining({ code: 'MalformedPolicyDocument' }))
  })
})

describe('traces', () => {
  it('name the statement that decided and the line where it stands', async () => {
    const document = {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'OnlyOurs',
          Effect: 'Allow',
          Principal: '*',
          Action: 'execute-api:Invoke',
          Resource: '*',
          Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } },
        },
      ],
    }
    const sources = {
      '/Statement/0': { file: 'service.yaml', line: 20, column: 9 },
      '/Statement/0/Condition/StringEquals/aws:SourceVpce': { file: 'service.yaml', line: 27, column: 15 },
    }
    const { trace } = await play({ request: {}, api: { policy: { document, sources, stack: 'service' } } })
    expect(trace).toMatchObject({
      outcome: 'deny',
      because: {
        code: 'check-resource-policy/not-allowed',
        text: 'no statement of the resource policy allows the request; statement `OnlyOurs` wants `aws:SourceVpce` StringEquals `vpce-1`, and the request has `vpce-0aaaaaaaaaaaaaaaa`',
        evidence: [
          { statement: { sid: 'OnlyOurs', index: 0 }, source: { file: 'service.yaml', line: 20, column: 9, stack: 'service' } },
        ],
      },
      mend: ['add `vpce-0aaaaaaaaaaaaaaaa` to `aws:SourceVpce` in the condition at service.yaml:27, and deploy the API again'],
      request: {
        method: 'GET',
        host: HOST,
        path: '/dev/entities',
        entryPoint: 'vpce-0aaaaaaaaaaaaaaaa',
        status: 403,
        api: { id: 'abcdef1234', stage: 'dev' },
      },
    })
  })

  it('are found by request id, newest first, and the oldest is forgotten', async () => {
    const gateway = createGateway(fakePorts(), { traces: 2 })
    const ids: string[] = []
    for (const target of ['/1', '/2', '/3']) {
      const answer = await gateway.handle({ ...REQUEST, target })
      ids.push(answer.rawHeaders[answer.rawHeaders.indexOf('x-amzn-RequestId') + 1] ?? '')
    }
    expect(gateway.traces.list().map(({ request }) => request.path)).toEqual(['/3', '/2'])
    expect(gateway.traces.find(ids[1] ?? '')?.request.path).toBe('/2')
    expect(gateway.traces.find(ids[0] ?? '')).toBeUndefined()
    expect(createGateway(fakePorts()).traces.last()).toBeUndefined()
  })

  it.each([
    ['refused', { request: { target: '/dev/nothing' } }, 'deny'],
    ['let in', { request: {} }, 'pass'],
  ])('say first that the live API is not what is deployed, of a request that was %s', async (_, given, outcome) => {
    const { trace } = await play({ ...given, drift: 'deploy it again' })
    expect([trace.outcome, trace.mend[0]]).toEqual([outcome, 'deploy it again'])
  })

  it('tell of a fault without its secrets, and pass it on', async () => {
    const { trace, faults } = await play({ request: {}, function: { throws: 'the host is gone' } })
    expect(faults).toEqual([new Error('the host is gone')])
    expect(JSON.stringify(trace)).not.toContain('the host is gone')
  })
})

describe('logs', () => {
  const group = 'API-Gateway-Execution-Logs_abcdef1234/dev'

  it('tell an execution where the stage asks for it', async () => {
    const { read, trace } = await play({ request: {}, stage: { methodSettings: { '*/*': { loggingLevel: 'INFO' } } } })
    const lines = read(group).map((line) => line.replace(`(${trace.requestId}) `, ''))
    expect(lines).toContain(`Starting execution for request: ${trace.requestId}`)
    expect(lines).toContain('HTTP Method: GET, Resource Path: /entities')
    expect(lines.slice(-2)).toEqual(['Successfully completed execution', 'Method completed with status: 200'])
    expect(lines.join()).not.toContain('Endpoint request body')
  })

  it('tell bodies with data tracing on', async () => {
    const { read } = await play({
      request: {},
      stage: { methodSettings: { '*': { loggingLevel: 'INFO', dataTraceEnabled: true } } },
    })
    expect(
      read(group).some((line) =>
        line.endsWith('Endpoint response body before transformations: {"statusCode":200,"body":"hello"}'),
      ),
    ).toBe(true)
  })

  it.each([
    [
      { functionError: 'Unhandled', payload: { errorMessage: 'boom' } },
      'Lambda execution failed with status 200 due to customer function error: boom. Lambda request id: 11111111-2222-3333-4444-555555555555',
    ],
    [{ payload: {} }, 'Execution failed due to configuration error: Malformed Lambda proxy response'],
    [
      { refused: { code: 'AccessDeniedException', message: 'no', status: 403 } },
      'Execution failed due to configuration error: Invalid permissions on Lambda function',
    ],
    [{ never: true }, 'Execution failed due to a timeout error'],
  ])('tell only failures at the level ERROR: %j', async (answer, line) => {
    const { read, trace } = await play({
      request: {},
      function: answer,
      stage: { methodSettings: { '/entities/GET': { loggingLevel: 'ERROR' } } },
    })
    expect(read(group)).toEqual([`(${trace.requestId}) ${line}`])
  })

  it('are silent where nobody asked', async () => {
    const { read } = await play({ request: {} })
    expect(read(group)).toEqual([])
  })

  it('tell an access in the format of the stage, with a dash for what is missing', async () => {
    const accessLog = {
      destinationArn: 'arn:aws:logs:eu-central-1:210987654321:log-group:access:*',
      format:
        '$context.identity.vpceId "$context.httpMethod $context.path" $context.status $context.responseLength $context.identity.caller $context.error.responseType',
    }
    expect((await play({ request: {}, stage: { accessLog } })).read('access')).toEqual([
      'vpce-0aaaaaaaaaaaaaaaa "GET /dev/entities" 200 5 - -',
    ])
    expect((await play({ request: { target: '/dev/no' }, stage: { accessLog } })).read('access')).toEqual([
      'vpce-0aaaaaaaaaaaaaaaa "GET /dev/no" 403 42 - MISSING_AUTHENTICATION_TOKEN',
    ])
  })
})
