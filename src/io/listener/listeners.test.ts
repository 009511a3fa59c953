import { Agent, createServer, type IncomingHttpHeaders, request as send } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { apiStage, entranceTo, lambdaMethod } from '#core/gateway/testing/api-stage.ts'
import { createGateway, type Gateway } from '#gateway/gateway.ts'
import type { FunctionAnswer } from '#kit/ports.ts'
import { fakePorts } from '#kit/testing/fake-ports.ts'
import { dataPlane } from './data-plane.ts'
import { type Listeners, openListeners } from './listeners.ts'

const HOST = 'abcdef1234.execute-api.eu-central-1.amazonaws.com'
const OTHER = 'vpce-0bbbbbbbbbbbbbbbb'

const opened: Listeners[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map((listeners) => listeners.stop()))
})

/** A gateway whose function echoes its event. */
function gatewayOf(invoke?: (event: unknown) => Promise<unknown>): Gateway {
  const echo = async (event: unknown) => ({ statusCode: 200, body: JSON.stringify(event) })
  const gateway = createGateway(
    fakePorts({
      functions: {
        async invoke({ payload }): Promise<FunctionAnswer> {
          const answer = await (invoke ?? echo)(JSON.parse(Buffer.from(payload).toString()))
          return { kind: 'answered', requestId: 'r', payload: Buffer.from(JSON.stringify(answer)), executedVersion: '$LATEST' }
        },
      },
    }),
  )
  gateway.publishStage(apiStage({ snapshot: { methods: [lambdaMethod('ANY', '/entities')] } }))
  return gateway
}

function listenersOf(gateway: Gateway, options: Parameters<typeof openListeners>[1] = {}): Listeners {
  const listeners = openListeners(gateway, options)
  opened.push(listeners)
  return listeners
}

interface Got {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly rawHeaders: readonly string[]
  readonly body: string
}

function fetchFrom(
  port: number,
  given: { path?: string; method?: string; headers?: Record<string, string>; body?: Buffer | string; agent?: Agent } = {},
): Promise<Got> {
  const { path = '/dev/entities', method = 'GET', headers = {}, body, agent } = given
  return new Promise((resolve, reject) => {
    const sent = send(
      { host: '127.0.0.1', port, path, method, headers: { Host: HOST, ...headers }, ...(agent && { agent }) },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            rawHeaders: response.rawHeaders,
            body: Buffer.concat(chunks).toString(),
          }),
        )
        response.on('error', reject)
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

/** Sends bytes as they are and answers all that comes back until the server ends the connection. */
function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = ''
    const socket: Socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1')
    })
    socket.on('end', () => resolve(received))
    socket.on('error', reject)
  })
}

describe('the port of an endpoint', () => {
  it('answers what came through that endpoint, with the headers of AWS in their order', async () => {
    const port = await listenersOf(gatewayOf()).open(entranceTo())
    const { status, rawHeaders, body } = await fetchFrom(port)
    expect(status).toBe(200)
    expect(rawHeaders.filter((_, index) => index % 2 === 0)).toEqual([
      'Date',
      'Content-Type',
      'Content-Length',
      'Connection',
      'x-amzn-RequestId',
      'x-amz-apigw-id',
      'X-Amzn-Trace-Id',
    ])
    expect(JSON.parse(body)).toMatchObject({
      requestContext: { identity: { vpceId: 'vpce-0aaaaaaaaaaaaaaaa', sourceIp: '127.0.0.1' } },
    })
  })

  it('is another way in than that of another endpoint', async () => {
    const document = {
      Statement: {
        Effect: 'Allow',
        Principal: '*',
        Action: 'execute-api:Invoke',
        Resource: '*',
        Condition: { StringEquals: { 'aws:SourceVpce': OTHER } },
      },
    }
    const gateway = gatewayOf()
    gateway.publishStage(apiStage({ snapshot: { policy: { document, sources: {} } } }))
    const listeners = listenersOf(gateway)
    const refused = await fetchFrom(await listeners.open(entranceTo()))
    expect([refused.status, refused.headers['x-amzn-errortype']]).toEqual([403, 'AccessDeniedException'])
    expect((await fetchFrom(await listeners.open(entranceTo({ endpointId: OTHER })))).status).toBe(200)
  })

  it('refuses byte for byte as AWS does', async () => {
    const port = await listenersOf(gatewayOf()).open(entranceTo())
    const answer = await raw(port, `GET /nostage HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`)
    const shape = answer
      .replace(/Date: .*\r\n/, 'Date: D\r\n')
      .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, 'U')
      .replace(/apigw-id: .*\r\n/, 'apigw-id: A\r\n')
    expect(shape).toBe(
      'HTTP/1.1 403 Forbidden\r\nDate: D\r\nContent-Type: application/json\r\nContent-Length: 23\r\nConnection: close\r\n' +
        'x-amzn-RequestId: U\r\nx-amzn-ErrorType: ForbiddenException\r\nx-amz-apigw-id: A\r\n\r\n{"message":"Forbidden"}',
    )
  })

  it('hands over bodies, also chunked ones, and keeps the connection', async () => {
    const port = await listenersOf(gatewayOf()).open(entranceTo())
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const whole = await fetchFrom(port, { method: 'POST', body: 'grüße', headers: { 'Content-Length': '7' }, agent })
    const chunked = await fetchFrom(port, {
      method: 'POST',
      body: 'x'.repeat(300_000),
      headers: { 'Transfer-Encoding': 'chunked' },
      agent,
    })
    agent.destroy()
    expect(JSON.parse(whole.body).body).toBe('grüße')
    expect(JSON.parse(chunked.body).body).toHaveLength(300_000)
    expect(whole.headers.connection).toBe('keep-alive')
  })

  it('answers 413 to 11 MB without holding them, and the next request works', async () => {
    const port = await listenersOf(gatewayOf()).open(entranceTo())
    const { status, body } = await fetchFrom(port, { method: 'POST', body: Buffer.alloc(11 * 1024 * 1024) })
    expect([status, body]).toEqual([413, '{"message":"Request Too Long"}'])
    expect((await fetchFrom(port)).status).toBe(200)
  })

  it('answers 431 to 9 KB of headers in the words of the gateway, and to any amount in some', async () => {
    const port = await listenersOf(gatewayOf()).open(entranceTo())
    const long = await fetchFrom(port, { headers: { 'x-filler': 'x'.repeat(9_000) } })
    expect([long.status, long.body]).toEqual([431, '{"message":"Request Header Fields Too Large"}'])
    expect(long.headers['x-amzn-requestid']).toBeDefined()
    expect(await raw(port, `GET / HTTP/1.1\r\nx: ${'y'.repeat(70_000)}`)).toMatch(/^HTTP\/1\.1 431 /)
  })

  it('answers 400 to what is not HTTP', async () => {
    const port = await listenersOf(gatewayOf()).open(entranceTo())
    expect(await raw(port, 'hello\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
  })

  it('answers a request without Host', async () => {
    const port = await listenersOf(gatewayOf()).open(entranceTo())
    expect(await raw(port, 'GET /dev/entities HTTP/1.1\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 403 /)
    expect(await raw(port, 'GET /dev/entities HTTP/1.1\r\nx-apigw-api-id: abcdef1234\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 200 /,
    )
  })

  it('survives clients that leave before the end', async () => {
    let called = 0
    const gateway = gatewayOf(async () => {
      called += 1
      return { statusCode: 200 }
    })
    const port = await listenersOf(gateway).open(entranceTo())
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(`POST /dev/entities HTTP/1.1\r\nHost: ${HOST}\r\nContent-Length: 100\r\n\r\nhalf`, () => socket.destroy())
      })
      socket.on('close', () => resolve())
    })
    expect((await fetchFrom(port)).status).toBe(200)
    expect(called).toBe(1)
  })

  it('sends no body for 204 and HEAD', async () => {
    const port = await listenersOf(gatewayOf(async () => ({ statusCode: 204 }))).open(entranceTo())
    const { status, headers, body } = await fetchFrom(port)
    expect([status, headers['content-length'], body]).toEqual([204, undefined, ''])
    expect((await fetchFrom(port, { method: 'HEAD', path: '/' })).body).toBe('')
  })
})

describe('ports', () => {
  it('come back where they were, and move with a word where they are taken', async () => {
    const first = openListeners(gatewayOf())
    const port = await first.open(entranceTo())
    await first.stop()
    expect(await listenersOf(gatewayOf()).open(entranceTo({ port }))).toBe(port)
    const moved: unknown[] = []
    const elsewhere = await listenersOf(gatewayOf(), { onMoved: (_, wanted, got) => moved.push([wanted, got]) }).open(
      entranceTo({ port }),
    )
    expect(elsewhere).not.toBe(port)
    expect(moved).toEqual([[port, elsewhere]])
  })

  it('open once, and close without cutting off what runs', async () => {
    let finish = () => {}
    let started = () => {}
    const running = new Promise<void>((resolve) => {
      started = resolve
    })
    const gateway = gatewayOf(
      () =>
        new Promise((resolve) => {
          finish = () => resolve({ statusCode: 200, body: 'done' })
          started()
        }),
    )
    const plane = dataPlane(gateway, listenersOf(gateway))
    const port = await plane.openEntrance(entranceTo())
    expect(await plane.openEntrance(entranceTo())).toBe(port)
    const answering = fetchFrom(port, { headers: { Connection: 'close' } })
    await running
    const closing = plane.closeEntrance('vpce-0aaaaaaaaaaaaaaaa')
    finish()
    expect((await answering).body).toBe('done')
    await closing
    expect(gateway.entrances()).toEqual([])
    await expect(fetchFrom(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  it('takes a changed policy without reopening', async () => {
    const gateway = gatewayOf()
    const plane = dataPlane(gateway, listenersOf(gateway))
    const port = await plane.openEntrance(entranceTo())
    const document = { Statement: { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' } }
    plane.changeEntrance(entranceTo({ policy: { document, sources: {} } }))
    expect((await fetchFrom(port)).body).toContain('with an explicit deny in a VPC endpoint policy')
  })
})

describe('the main port', () => {
  it('is the public front end', async () => {
    const gateway = gatewayOf()
    gateway.publishStage(apiStage({ snapshot: { endpointType: 'REGIONAL', methods: [lambdaMethod('ANY', '/entities')] } }))
    const listeners = listenersOf(gateway)
    const server = createServer(listeners.handlePublic)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { status, body } = await fetchFrom((server.address() as AddressInfo).port)
    server.close()
    expect(status).toBe(200)
    expect(JSON.parse(body).headers).toMatchObject({ 'X-Forwarded-Proto': 'https' })
  })
})
