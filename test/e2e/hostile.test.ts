import { mkdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { EXAMPLE, type HttpAnswer, http, postern, type Running, removeFolder, temporaryFolder, up } from './harness.ts'

/** Input meant to harm: each is answered, tells nothing of the inside, and the next request works. */
let running: Running
let folder: string
let ports: { main: number; endpoint: number }

beforeAll(async () => {
  folder = temporaryFolder()
  running = await up(folder)
  for (const [stack, ...parameters] of [['network'], ['infrastructure', '--parameter-overrides', 'NetworkStack=network']]) {
    const deployed = await postern(running, [
      'deploy',
      '-t',
      join(EXAMPLE, `${stack}.yaml`),
      '--stack-name',
      stack ?? '',
      ...parameters,
    ])
    expect(deployed, deployed.stderr).toMatchObject({ code: 0 })
  }
  const { endpoints } = JSON.parse((await postern(running, ['list', '--json'])).stdout)
  ports = { main: Number(new URL(running.endpoint).port), endpoint: Number(new URL(endpoints[0].url).port) }
})
afterEach(async () => {
  expect((await http(running.endpoint, { path: '/_postern/api/about' })).status).toBe(200)
  expect(running.log()).not.toMatch(STACK_TRACE)
})
afterAll(async () => {
  expect(await running?.stop()).toBe(0)
  removeFolder(folder)
})

const STACK_TRACE = /^\s+at .*:\d+:\d+\)?$/m

/** Sends bytes as they are; answers all that came back, also where the server keeps the connection open. */
function raw(port: number, bytes: string | Buffer): Promise<string> {
  return new Promise((resolve) => {
    let received = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1')
      // One answer is all that is asked for.
      if (received.includes('\r\n\r\n')) setImmediate(() => socket.destroy())
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(received))
  })
}

const call = async (service: string, operation: string, input: unknown) => {
  const { status, body } = await http(running.endpoint, {
    method: 'POST',
    path: `/_postern/api/call/${service}/${operation}`,
    body: JSON.stringify(input),
  })
  return { status, ...JSON.parse(body) }
}

const signed = (service: string, region = 'us-east-1') =>
  `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=ab`

describe('HTTP that is none, or means two things', () => {
  const head = 'Host: localhost\r\nConnection: close\r\n'
  it.each([
    ['bytes without meaning', Buffer.from(Array.from({ length: 2_000 }, (_, index) => (index * 7919) % 256)), /^HTTP\/1.1 400 /],
    ['two lengths', `POST / HTTP/1.1\r\n${head}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!`, /^HTTP\/1.1 400 /],
    [
      'a length and chunks',
      `POST / HTTP/1.1\r\n${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n`,
      /^HTTP\/1.1 400 /,
    ],
    ['a folded header', `GET / HTTP/1.1\r\nX-A: b\r\n c\r\n${head}\r\n`, /^HTTP\/1.1 400 /],
    ['lines that end too early', `GET / HTTP/1.1\nHost: localhost\n\n`, /^HTTP\/1.1 400 /],
    ['a null byte', `GET /\0 HTTP/1.1\r\n${head}\r\n`, /^HTTP\/1.1 400 /],
    [
      'a chunk without end',
      `POST / HTTP/1.1\r\n${head}Transfer-Encoding: chunked\r\n\r\n${'F'.repeat(18)}\r\nabc`,
      /^HTTP\/1.1 400 /,
    ],
    ['a chunk without length', `POST / HTTP/1.1\r\n${head}Transfer-Encoding: chunked\r\n\r\nzz\r\nabc`, /^HTTP\/1.1 400 /],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', /^HTTP\/1.1 400 /],
    ['headers beyond any limit', `GET / HTTP/1.1\r\n${head}X-A: ${'a'.repeat(70_000)}\r\n\r\n`, /^HTTP\/1.1 431 /],
    ['a tunnel', 'CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n', /^$/],
    ['an upgrade', `GET / HTTP/1.1\r\n${head}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`, /^HTTP\/1.1 [24]/],
    ['another expectation', `POST / HTTP/1.1\r\n${head}Expect: teapot\r\nContent-Length: 0\r\n\r\n`, /^HTTP\/1.1 4/],
    ['a whole address as target', `GET http://evil.example/ HTTP/1.1\r\n${head}\r\n`, /^HTTP\/1.1 4/],
    ['the server as target', `OPTIONS * HTTP/1.1\r\n${head}\r\n`, /^HTTP\/1.1 4/],
    ['escapes that are none', `GET /%zz%/..%2f..%00 HTTP/1.1\r\n${head}\r\n`, /^HTTP\/1.1 4/],
    ['HTTP/1.0 without Host', 'GET /nothing HTTP/1.0\r\n\r\n', /^HTTP\/1.1 4/],
    ['two hosts', `GET /nothing HTTP/1.1\r\nHost: b\r\n${head}\r\n`, /^HTTP\/1.1 4/],
    ['5,000 headers', `GET /nothing HTTP/1.1\r\n${head}${'x: 1\r\n'.repeat(5_000)}\r\n`, /^HTTP\/1.1 4/],
  ])('%s', async (_what, bytes, expected) => {
    for (const port of Object.values(ports)) {
      const answer = await raw(port, bytes)
      expect(answer).toMatch(expected)
      expect(answer).not.toMatch(STACK_TRACE)
    }
  })

  it('a TLS handshake that begins with what a server says', async () => {
    const bytes = Buffer.from('16030100050200000101', 'hex')
    expect(await raw(ports.main, bytes)).toMatch(/^HTTP\/1.1 400 /)
    // Endpoints speak TLS: what comes back is an alert.
    expect((await raw(ports.endpoint, bytes)).slice(0, 2)).toBe('\x15\x03')
  })

  it('clients that never finish keep nobody else waiting', async () => {
    const slow = Array.from({ length: 50 }, () => {
      const socket = connect(ports.main, '127.0.0.1', () => socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nX:'))
      return socket.on('error', () => {})
    })
    await Promise.all(slow.map((socket) => new Promise((resolve) => socket.once('connect', resolve))))
    expect((await http(running.endpoint, { path: '/_postern/api/about' })).status).toBe(200)
    for (const socket of slow) socket.destroy()
  })
})

describe('web pages from elsewhere', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const action = 'Action=ListStacks&Version=2010-05-15'
  const evil = { origin: 'https://evil.example' }
  it.each([
    ['a form to the AWS API', { method: 'POST', path: '/', headers: { ...evil, ...form }, body: action }],
    ['a link that acts', { path: `/?${action}`, headers: { 'sec-fetch-site': 'cross-site' } }],
    ['a name bent to this machine', { path: `/?${action}`, headers: { host: 'evil.example' } }],
    ['a call of the local API', { method: 'POST', path: '/_postern/api/call/s3/ListBuckets', headers: evil }],
    ['the local API under a bent name', { path: '/_postern/api/list', headers: { host: 'evil.example' } }],
    ['the page under a bent name', { path: '/_postern/', headers: { host: 'evil.example' } }],
  ])('%s is refused', async (_what, request: Parameters<typeof http>[1]) => {
    expect((await http(running.endpoint, request)).status).toBe(403)
  })
})

describe('the local API', () => {
  it.each([
    ['what is no JSON', { method: 'POST', path: 'call/cloudformation/CreateStack', body: '{' }, /is not JSON/],
    ['null', { method: 'POST', path: 'call/cloudformation/CreateStack', body: 'null' }, /is not a JSON object/],
    ['a list', { method: 'POST', path: 'call/cloudformation/CreateStack', body: '[]' }, /is not a JSON object/],
    ['nothing that is needed', { method: 'POST', path: 'call/cloudformation/CreateStack', body: '{}' }, /at 'stackName'/],
    ['a path that is none', { path: '%zz' }, /percent-encoded/],
    ['a limit that is none', { path: 'requests?limit=-5' }, /number of requests/],
    ['an account that is a path', { path: 'list', headers: { 'x-postern-account': '../../..' } }, /twelve digits/],
    ['a region that is a path', { path: 'list', headers: { 'x-postern-region': '..' } }, /is not a region/],
  ])('answers 400 to %s', async (_what, { path, ...request }: Parameters<typeof http>[1], said) => {
    const { status, body } = await http(running.endpoint, { path: `/_postern/api/${path}`, ...request })
    expect(status).toBe(400)
    expect(JSON.parse(body).error.message).toMatch(said)
  })

  it('knows no operation that only every object has', async () => {
    expect(await call('__proto__', 'constructor', {})).toMatchObject({ status: 501 })
  })
})

describe('AWS API calls', () => {
  const entities = '<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
  const target = { 'x-amz-target': 'Logs_20140328.DescribeLogGroups', 'content-type': 'application/x-amz-json-1.1' }
  const cbor = { 'smithy-protocol': 'rpc-v2-cbor', 'content-type': 'application/cbor' }
  const query = { 'content-type': 'application/x-www-form-urlencoded' }
  const cborPath = '/service/Logs_20140328/operation/DescribeLogGroups'
  it.each([
    ['entities', 's3', '/b?delete', {}, `<!DOCTYPE a [${entities}]><Delete><Object><Key>&b;</Key></Object></Delete>`],
    ['a file as entity', 's3', '/b?delete', {}, '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Delete>&x;</Delete>'],
    ['deep XML', 's3', '/b?delete', {}, `<Delete>${'<a>'.repeat(100_000)}`],
    ['cut JSON', 'logs', '/', target, '{"a":'.repeat(100_000)],
    ['deep CBOR', 'logs', cborPath, cbor, Buffer.alloc(200_000, 0x81)],
    ['CBOR of endless length', 'logs', cborPath, cbor, Buffer.from('9bffffffffffffffff', 'hex')],
    ['a form that is JSON', 'cloudformation', '/', { 'content-type': 'application/json' }, '{"Action":"ListStacks"}'],
    ['an operation every object has', 'cloudformation', '/', query, 'Action=__proto__&Version=2010-05-15'],
    [
      'a deep parameter',
      'cloudformation',
      '/',
      query,
      `Action=CreateStack&Version=2010-05-15&Tags${'.member.1'.repeat(50_000)}=x`,
    ],
    ['a huge index', 'cloudformation', '/', query, 'Action=CreateStack&Version=2010-05-15&Tags.member.4294967295.Key=a'],
  ] as [string, string, string, Record<string, string>, string | Buffer][])(
    '%s are refused',
    async (_what, service, path, headers, body) => {
      const answer = await http(running.endpoint, {
        method: 'POST',
        path,
        headers: { authorization: signed(service), ...headers },
        body,
      })
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(answer.status).toBeLessThan(500)
      expect(answer.body).not.toContain('root:')
    },
  )

  it('a region that is a path is none', async () => {
    const answer: HttpAnswer = await http(running.endpoint, {
      method: 'POST',
      path: '/',
      headers: { authorization: signed('logs', '..'), ...target },
      body: '{}',
    })
    expect([answer.status, answer.body]).toEqual([400, expect.stringContaining('valid region')])
  })
})

describe('templates', () => {
  const bucket = 'Resources:\n  A:\n    Type: AWS::S3::Bucket\n'
  const aliases = Array.from({ length: 8 }, (_, level) => `a${level + 1}: &a${level + 1} [${`*a${level}, `.repeat(9)}]\n`).join(
    '',
  )
  it.each([
    ['many aliases', `a0: &a0 [x]\n${aliases}${bucket}    Metadata: *a8\n`, /aliases/],
    ['an alias to itself', 'Resources: &a\n  A: *a\n', /not well-formed/],
    ['depth in brackets', `Resources: ${'['.repeat(40_000)}`, /not well-formed/],
    [
      'depth in functions',
      `${bucket}    Properties: {BucketName: ${'!Join ["", ['.repeat(300)}x${']]'.repeat(300)}}`,
      /not well-formed/,
    ],
    ['__proto__ as a name', bucket.replace('A:', '__proto__:'), /cannot be a name/],
    ['__proto__ in JSON', '{"Resources":{"A":{"Type":"AWS::S3::Bucket","Properties":{"__proto__":{}}}}}', /cannot be a name/],
    ['a type every object has', bucket.replace('AWS::S3::Bucket', 'constructor'), /Unrecognized resource types/],
    ['a condition every object has', `${bucket}    Condition: constructor\n`, /condition/],
    ['more than a call takes', bucket + '#'.repeat(51_200), /less than or equal to 51200/],
    [
      'a pattern that backtracks for ever',
      `Parameters:\n  P:\n    Type: String\n    Default: ${'a'.repeat(40)}!\n    AllowedPattern: (a+)+\n${bucket}`,
      /must match pattern/,
    ],
  ])('%s', async (_what, TemplateBody, said) => {
    const { status, error } = await call('cloudformation', 'CreateStack', { StackName: 'hostile', TemplateBody })
    expect([status, error?.message]).toEqual([400, expect.stringMatching(said)])
  })

  it('names that every object has are names like others', async () => {
    const TemplateBody = `${bucket.replace('A:', 'constructor:')}  toString:\n    Type: AWS::S3::Bucket\n`
    expect(await call('cloudformation', 'CreateStack', { StackName: 'names', TemplateBody })).toMatchObject({ status: 200 })
  })

  it('500 resources deploy from a file that is longer than a call takes', async () => {
    const resources = Array.from(
      { length: 500 },
      (_, index) => `  R${index}:\n    Type: AWS::CloudFormation::WaitConditionHandle\n    Metadata: { x: ${'y'.repeat(100)} }\n`,
    )
    mkdirSync(join(folder, 'large'))
    writeFileSync(join(folder, 'large/template.yaml'), `Resources:\n${resources.join('')}`)
    const { code, stderr } = await postern(running, ['deploy', '-t', join(folder, 'large/template.yaml')])
    expect(code, stderr).toBe(0)
  }, 30_000)
})
