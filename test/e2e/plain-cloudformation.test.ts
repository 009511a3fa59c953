import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HttpAnswer, http, postern, ROOT, type Running, removeFolder, temporaryFolder, up } from './harness.ts'

const who = { account: '999900001111', region: 'cn-north-1' }
const env = { AWS_ACCESS_KEY_ID: who.account, AWS_REGION: who.region }
const suffix = 'execute-api.cn-north-1.amazonaws.com.cn'
const templates = join(ROOT, 'test/e2e/templates')
const forbidden = '{"message":"Forbidden"}'
const noRoute = '{"message":"Missing Authentication Token"}'
const inner = '{"message": "Internal server error"}'

/** Template by template, as the names in `doors.yaml` say; `main` is the public front end. */
type Door = 'FirstDoor' | 'ReadOnlyDoor' | 'AwayDoor' | 'main'

describe('plain CloudFormation, in China, through three endpoints', () => {
  let running: Running
  let folder: string
  let apiId: string
  let vpcId: string
  const ids = new Map<Door, string>()
  const urls = new Map<Door, string>()

  const output = async (stack: string, key: string) => (await postern(running, ['outputs', stack, key], env)).stdout.trim()
  const deploy = (template: string, stack: string, ...parameters: string[]) =>
    postern(
      running,
      [
        ...['deploy', '-t', join(templates, template), '--stack-name', stack, '--capabilities', 'CAPABILITY_IAM'],
        ...(parameters.length > 0 ? ['--parameter-overrides', ...parameters] : []),
      ],
      env,
    )
  const deployed = async (...args: Parameters<typeof deploy>) => {
    const ran = await deploy(...args)
    expect(ran, ran.stdout + ran.stderr).toMatchObject({ code: 0 })
    return ran
  }
  const lookUpDoors = async () => {
    const { endpoints } = JSON.parse((await postern(running, ['list', '--json'], env)).stdout)
    for (const door of ['FirstDoor', 'ReadOnlyDoor', 'AwayDoor'] as const) {
      ids.set(door, await output('ways', door))
      urls.set(door, endpoints.find(({ id }: { id: string }) => id === ids.get(door))?.url)
    }
  }
  const ask = (
    door: Door,
    path: string,
    {
      method,
      headers = { 'x-apigw-api-id': apiId },
      body,
    }: { method?: string; headers?: Record<string, string>; body?: string } = {},
  ) => http(urls.get(door) ?? '', { path, headers, ...(method && { method }), ...(body && { body }) })
  const denied = (rest: string, because: string) =>
    `{"Message":"User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws-cn:execute-api:cn-north-1:********1111:${apiId}/v1_0/${rest} ${because}"}`

  beforeAll(async () => {
    folder = temporaryFolder()
    mkdirSync(join(folder, 'data'))
    running = await up(join(folder, 'data'))
    await deployed('doors.yaml', 'ways')
    await deployed('catalogue.yaml', 'books', 'Stage=v1_0', 'Doors=ways')
    apiId = await output('books', 'ApiId')
    vpcId = await output('ways', 'Home')
    urls.set('main', running.endpoint)
    await lookUpDoors()
  })
  afterAll(async () => {
    await running?.stop()
    removeFolder(folder)
  })

  it('its names end as they do in China', () => {
    expect(ids.get('FirstDoor')).toMatch(/^vpce-[0-9a-f]{17}$/)
    const names = (host: string) => ask('FirstDoor', '/v1_0/health', { headers: { Host: host } })
    return Promise.all(
      [
        [`${apiId}.${suffix}`, 200],
        [`${apiId}-${ids.get('FirstDoor')}.${suffix}`, 200],
        [`${apiId}.${suffix.replace('.cn', '')}`, 403],
        [`${apiId}-${ids.get('ReadOnlyDoor')}.${suffix}`, 403],
      ].map(async ([host, status]) => expect([host, (await names(String(host))).status]).toEqual([host, status])),
    )
  })

  it.each<[door: Door, method: string, path: string, status: number, body: string | (() => string)]>([
    ['FirstDoor', 'GET', '/v1_0/health', 200, '{"ok": true}'],
    ['FirstDoor', 'GET', '//v1_0/health', 200, '{"ok": true}'],
    ['FirstDoor', 'GET', '/v1_0/health/', 200, '{"ok": true}'],
    ['FirstDoor', 'POST', '/v1_0/health', 403, noRoute],
    ['FirstDoor', 'GET', '/v1_0/shelves/7/books', 403, noRoute],
    ['FirstDoor', 'GET', '/v1_0/files', 403, noRoute],
    ['FirstDoor', 'GET', '/v2/health', 403, forbidden],
    ['FirstDoor', 'GET', '/', 403, forbidden],
    ['ReadOnlyDoor', 'GET', '/v1_0/health', 200, '{"ok": true}'],
    [
      'ReadOnlyDoor',
      'POST',
      '/v1_0/shelves/7/books/8',
      403,
      () => denied('POST/shelves/7/books/8', 'because no VPC endpoint policy allows the execute-api:Invoke action'),
    ],
    ['AwayDoor', 'GET', '/v1_0/health', 403, () => denied('GET/health', 'with an explicit deny in a resource-based policy')],
    ['AwayDoor', 'GET', '/v1_0', 403, () => denied('GET/', 'with an explicit deny in a resource-based policy')],
    ['AwayDoor', 'GET', '/v2/health', 403, forbidden],
    ['main', 'GET', '/v1_0/health', 403, forbidden],
  ])('%s: %s %s', async (door, method, path, status, body) => {
    const headers = door === 'main' ? { headers: { Host: `${apiId}.${suffix}` } } : {}
    const answer = await ask(door, path, { method, ...headers })
    expect([answer.status, answer.body]).toEqual([status, typeof body === 'string' ? body : body()])
    expect(answer.headers['content-length']).toBe(String(Buffer.byteLength(answer.body)))
    expect(answer.headers['x-amzn-requestid']).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    expect(answer.headers['x-amz-apigw-id']).toMatch(/^[\w+/-]+=$/)
    expect(answer.headers['x-amzn-trace-id'] !== undefined).toBe(status === 200)
  })

  it('the function sees the whole event of a private request', async () => {
    const path = '/v1_0/shelves/a%20b%2Fc/books/7/'
    const answer = await ask('FirstDoor', `${path}?tag=x&tag=y&q=a+b%26c&empty`, {
      method: 'POST',
      headers: { 'x-apigw-api-id': apiId, 'X-Mixed': 'Case', 'User-Agent': 'tester/1', Expect: '', 'Content-Type': 'text/plain' },
      body: 'grüezi',
    })
    expect(answer).toMatchObject({ status: 200, headers: { 'x-greeting': 'salut' } })
    const event = JSON.parse(answer.body)
    expect(event).toEqual({
      resource: '/shelves/{shelfId}/books/{book_id}',
      path: '/shelves/a%20b%2Fc/books/7/',
      httpMethod: 'POST',
      headers: expect.objectContaining({
        'x-apigw-api-id': apiId,
        'X-Mixed': 'Case',
        'Content-Type': 'text/plain',
        'x-amzn-vpce-id': ids.get('FirstDoor'),
        'x-amzn-vpc-id': vpcId,
        'x-amzn-vpce-config': '1',
        'x-amzn-tls-version': 'TLSv1.2',
        'X-Forwarded-For': '127.0.0.1',
      }),
      multiValueHeaders: expect.objectContaining({ 'X-Mixed': ['Case'], 'x-amzn-vpce-id': [ids.get('FirstDoor')] }),
      queryStringParameters: { tag: 'y', q: 'a b&c', empty: '' },
      multiValueQueryStringParameters: { tag: ['x', 'y'], q: ['a b&c'], empty: [''] },
      pathParameters: { shelfId: 'a%20b%2Fc', book_id: '7' },
      stageVariables: { colour: 'red' },
      requestContext: {
        resourceId: expect.stringMatching(/^[a-z0-9]+$/),
        resourcePath: '/shelves/{shelfId}/books/{book_id}',
        httpMethod: 'POST',
        extendedRequestId: answer.headers['x-amz-apigw-id'],
        requestId: answer.headers['x-amzn-requestid'],
        requestTime: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
        requestTimeEpoch: expect.any(Number),
        path,
        accountId: who.account,
        protocol: 'HTTP/1.1',
        stage: 'v1_0',
        domainName: '127.0.0.1',
        domainPrefix: '127',
        deploymentId: expect.stringMatching(/^[a-z0-9]+$/),
        apiId,
        identity: {
          ...Object.fromEntries(NOBODY.map((name) => [name, null])),
          userAgent: 'tester/1',
          sourceIp: '127.0.0.1',
          vpcId,
          vpceId: ids.get('FirstDoor'),
        },
      },
      body: 'grüezi',
      isBase64Encoded: false,
    })
    for (const absent of ['Connection', 'Content-Length', 'X-Amzn-Trace-Id', 'X-Forwarded-Port', 'X-Forwarded-Proto', 'Via'])
      expect(Object.keys(event.headers)).not.toContain(absent)
  })
  const NOBODY = [
    ...['cognitoIdentityPoolId', 'cognitoIdentityId', 'cognitoAuthenticationType', 'cognitoAuthenticationProvider'],
    ...['principalOrgId', 'userArn', 'accountId', 'caller', 'accessKey', 'user'],
  ]

  it.each([
    ['a greedy path keeps its slashes', 'PATCH', '/v1_0/files/a/b%20c/d', { path: 'a/b%20c/d' }, '/files/a/b%20c/d'],
    ['doubled slashes after the stage', 'DELETE', '/v1_0//files/x', { path: 'x' }, '/files/x'],
    ['no parameters', 'GET', '/v1_0', null, '/'],
  ])('%s', async (_what, method, path, pathParameters, eventPath) => {
    const event = JSON.parse((await ask('FirstDoor', path, { method })).body)
    expect(event).toMatchObject({ pathParameters, path: eventPath, httpMethod: method, requestContext: { path } })
  })

  it.each<[answer: unknown, status: number, expected: Partial<HttpAnswer>]>([
    [{ statusCode: '201', body: 'x' }, 201, { body: 'x', headers: { 'content-type': 'application/json' } }],
    [{ headers: { a: true, b: 3 } }, 200, { body: '', headers: { a: 'true', b: '3' } }],
    [{ headers: { 'x-y': 'solo' }, multiValueHeaders: { 'X-Y': ['one', 'two'] } }, 200, { headers: { 'x-y': 'one, two, solo' } }],
    [{ statusCode: 200, headers: { Date: 'never', Server: 'mine' } }, 200, { headers: { 'x-amzn-remapped-server': 'mine' } }],
    [{ statusCode: 200, isBase64Encoded: true, body: 'aGk=' }, 200, { body: 'aGk=' }],
    [{ multiValueHeaders: { a: 'b' } }, 502, { body: inner }],
    [{ statusCode: 200, extra: 1 }, 502, { body: inner }],
    [{ statusCode: 200, body: { not: 'text' } }, 502, { body: inner }],
    [{ statusCode: 'abc' }, 502, { body: inner }],
    [{}, 502, { body: inner }],
    ['text', 502, { body: inner }],
  ])('a function that answers %j', async (answer, status, expected) => {
    const asked = `/v1_0?answer=${encodeURIComponent(JSON.stringify(answer))}`
    expect(await ask('FirstDoor', asked)).toMatchObject({ status, ...expected })
  })

  it('updates: the same twice, a parameter, the stage, and back after a failure', async () => {
    expect((await deployed('catalogue.yaml', 'books')).stdout).toContain('no changes')
    await deployed('catalogue.yaml', 'books', 'Greeting=bonjour')
    expect((await ask('FirstDoor', '/v1_0')).headers['x-greeting']).toBe('bonjour')

    const failed = await deploy('catalogue.yaml', 'books', 'Greeting=adieu', 'Stage=not a name')
    expect(failed.code).toBe(1)
    expect(failed.stdout).toContain('UPDATE_ROLLBACK_COMPLETE')
    expect((await ask('FirstDoor', '/v1_0')).headers['x-greeting']).toBe('bonjour')

    await deployed('catalogue.yaml', 'books', 'Stage=v2')
    expect(await ask('FirstDoor', '/v1_0')).toMatchObject({ status: 403, body: forbidden })
    expect((await ask('FirstDoor', '/v2')).headers['x-greeting']).toBe('bonjour')
    await deployed('catalogue.yaml', 'books', 'Stage=v1_0')
  })

  it('an endpoint that is deleted takes its port with it, and comes back with another id', async () => {
    const [id, url = ''] = [ids.get('AwayDoor'), urls.get('AwayDoor')]
    await deployed('doors.yaml', 'ways', 'ThirdDoor=no')
    await expect(http(url, { path: '/v1_0/health' })).rejects.toThrow('ECONNREFUSED')
    expect(await ask('FirstDoor', '/v1_0/health')).toMatchObject({ status: 200 })
    await deployed('doors.yaml', 'ways', 'ThirdDoor=yes')
    await lookUpDoors()
    expect(ids.get('AwayDoor')).not.toBe(id)
    expect((await ask('AwayDoor', '/v1_0/health')).body).toContain('explicit deny in a resource-based policy')
  })
})
