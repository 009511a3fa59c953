import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aws, awsJson, awsVersion, EXAMPLE, http, postern, type Running, removeFolder, temporaryFolder, up } from './harness.ts'

const who = { account: '271828182845', region: 'us-west-2' }
const env = { AWS_ACCESS_KEY_ID: who.account, AWS_REGION: who.region }
const stage = 'blue'
const forbidden = '{"message":"Forbidden"}'
const noRoute = '{"message":"Missing Authentication Token"}'

describe('a private API answers only through its endpoints', () => {
  let running: Running
  let folder: string
  let apiId: string
  let host: string
  let doors: { id: string; url: string }[]
  const deploy = (...args: string[]) => postern(running, ['deploy', ...args, '--capabilities', 'CAPABILITY_IAM'], env)

  beforeAll(async () => {
    folder = temporaryFolder()
    mkdirSync(join(folder, 'data'))
    running = await up(join(folder, 'data'))
    const infrastructure = (name: string) =>
      deploy('-t', join(EXAMPLE, 'infrastructure.yaml'), '--stack-name', name, '--parameter-overrides', 'NetworkStack=net')
    for (const ran of [
      await deploy('-t', join(EXAMPLE, 'network.yaml'), '--stack-name', 'net'),
      await infrastructure('front'),
      await infrastructure('side'),
      await deploy(
        '-t',
        join(EXAMPLE, 'service-public.yaml'),
        '--stack-name',
        'open',
        '--parameter-overrides',
        `Environment=${stage}`,
      ),
      await deploy(
        '-t',
        join(EXAMPLE, 'service.yaml'),
        '--stack-name',
        'svc',
        '--parameter-overrides',
        `Environment=${stage}`,
        'InfrastructureStack=front',
      ),
    ]) {
      expect(ran, ran.stdout + ran.stderr).toMatchObject({ code: 0 })
    }
    apiId = (await postern(running, ['outputs', 'svc', 'ApiId'], env)).stdout.trim()
    host = `${apiId}.execute-api.${who.region}.amazonaws.com`
    const listing = JSON.parse((await postern(running, ['list', '--json'], env)).stdout)
    const idOf = async (stack: string) => (await postern(running, ['outputs', stack, 'ExecuteApiEndpointId'], env)).stdout.trim()
    doors = []
    for (const stack of ['front', 'side']) {
      const id = await idOf(stack)
      doors.push(listing.endpoints.find((one: { id: string }) => one.id === id))
    }
  })
  afterAll(async () => {
    await running?.stop()
    removeFolder(folder)
  })

  const door = (index = 0) => doors[index]?.url ?? ''
  const byId = () => ({ 'x-apigw-api-id': apiId })

  it('public through the main port', async () => {
    const open = (await postern(running, ['outputs', 'open', 'ApiHost'], env)).stdout.trim()
    expect(await http(running.endpoint, { path: `/${stage}/entities`, headers: { Host: open } })).toMatchObject({ status: 200 })
    const local = open.replace('amazonaws.com', 'localhost')
    expect(await http(running.endpoint, { path: `/${stage}/entities`, headers: { Host: `${local}:4566` } })).toMatchObject({
      status: 200,
    })
    expect(
      await http(door(), { path: `/${stage}/entities`, headers: { 'x-apigw-api-id': open.split('.')[0] ?? '' } }),
    ).toMatchObject({ status: 403, body: forbidden })
  })

  it.each([
    ['the internet', () => ({ to: running.endpoint, headers: { Host: host } }), 403, forbidden],
    ['no header', () => ({ to: door(), headers: {} }), 403, forbidden],
    ['x-apigw-api-id', byIdThrough, 200, undefined],
    ['the default Host', () => ({ to: door(), headers: { Host: host } }), 200, undefined],
    ['the alias', () => ({ to: door(), headers: { Host: host.replace(apiId, `${apiId}-${doors[0]?.id}`) } }), 200, undefined],
    ['a Host in the wrong suffix', () => ({ to: door(), headers: { Host: `${host}.cn` } }), 403, forbidden],
    ['an unknown id', () => ({ to: door(), headers: { 'x-apigw-api-id': 'aaaaaaaaaa' } }), 403, forbidden],
  ] as const)('%s', async (_what, question, status, body) => {
    const { to, headers } = question()
    const answer = await http(to, { path: `/${stage}/entities`, headers: { ...headers } as Record<string, string> })
    expect(answer.status).toBe(status)
    if (body) expect(answer.body).toBe(body)
    expect(answer.headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/)
    if (status === 403) expect(answer.headers['x-amzn-errortype']).toBe('ForbiddenException')
  })
  function byIdThrough() {
    return { to: door(), headers: byId() }
  }

  it('gives back the package of a function, and nothing else, to this machine', async () => {
    const ask = async (operation: string, input: object) => {
      const { body } = await http(running.endpoint, {
        method: 'POST',
        path: `/_postern/api/call/lambda/${operation}`,
        headers: { 'x-postern-account': who.account, 'x-postern-region': who.region },
        body: JSON.stringify(input),
      })
      return JSON.parse(body)
    }
    const { Functions } = await ask('ListFunctions', {})
    const { Code, Configuration } = await ask('GetFunction', { FunctionName: Functions[0].FunctionName })
    const answer = await fetch(Code.Location)
    expect(answer.headers.get('content-type')).toBe('application/zip')
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect(createHash('sha256').update(bytes).digest('base64')).toBe(Configuration.CodeSha256)
    for (const wrong of ['0'.repeat(64), '..%2F..%2Fpostern.db', '']) {
      expect(await http(running.endpoint, { path: `/_postern/api/packages/${wrong}` })).toMatchObject({ status: 404 })
    }
    const foreign = { path: new URL(Code.Location).pathname, headers: { Host: 'castle.example' } }
    expect((await http(running.endpoint, foreign)).status).not.toBe(200)
  })

  it('wrong stage, path and method', async () => {
    expect(await http(door(), { path: '/green/entities', headers: byId() })).toMatchObject({ status: 403, body: forbidden })
    expect(await http(door(), { path: '/', headers: byId() })).toMatchObject({ status: 403, body: forbidden })
    for (const wrong of [{ path: `/${stage}/castles` }, { path: `/${stage}/entities`, method: 'DELETE' }]) {
      const answer = await http(door(), { ...wrong, headers: byId() })
      expect(answer).toMatchObject({ status: 403, body: noRoute })
      expect(answer.headers['x-amzn-errortype']).toBe('MissingAuthenticationTokenException')
    }
  })

  it('an endpoint that the policy does not name is refused in the exact words, and explain says which statement and line', async () => {
    const answer = await http(door(1), { path: `/${stage}/entities`, headers: byId() })
    expect(answer.status).toBe(403)
    expect(answer.headers['x-amzn-errortype']).toBe('AccessDeniedException')
    expect(answer.body).toBe(
      `{"Message":"User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-west-2:********2845:${apiId}/${stage}/GET/entities because no resource-based policy allows the execute-api:Invoke action"}`,
    )
    const ran = await postern(running, ['explain', String(answer.headers['x-amzn-requestid']), '--json'], env)
    expect(ran.code).toBe(1)
    const explanation = JSON.parse(ran.stdout)
    expect(explanation).toMatchObject({ outcome: 'deny', because: { code: expect.stringMatching(/^[a-z-]+\/[a-z-]+$/) } })
    const sidLine =
      readFileSync(join(EXAMPLE, 'service.yaml'), 'utf8')
        .split('\n')
        .findIndex((line) => line.includes('OnlyThroughOurEndpoint')) + 1
    const lines = explanation.because.evidence.map((one: { source?: { line: number } }) => one.source?.line)
    expect(lines).toContain(sidLine)
    expect(explanation.mend.join(' ')).toContain(doors[1]?.id)
    const last = await postern(running, ['explain', '--last'], env)
    expect(last.stdout).toContain('OnlyThroughOurEndpoint')
  })

  it.skipIf(awsVersion === undefined)('a changed policy waits for its deployment', async () => {
    const policy = JSON.stringify({
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' }],
    })
    const patch = JSON.stringify([{ op: 'replace', path: '/policy', value: policy }])
    const throughSide = () => http(door(1), { path: `/${stage}/entities`, headers: byId() })
    expect(
      await aws(running, who, ['apigateway', 'update-rest-api', '--rest-api-id', apiId, '--patch-operations', patch]),
    ).toMatchObject({ code: 0 })
    expect(await throughSide()).toMatchObject({ status: 403 })
    expect(
      await aws(running, who, ['apigateway', 'create-deployment', '--rest-api-id', apiId, '--stage-name', stage]),
    ).toMatchObject({ code: 0 })
    expect(await throughSide()).toMatchObject({ status: 200 })
    const { items } = await awsJson<{ items: unknown[] }>(running, who, ['apigateway', 'get-deployments', '--rest-api-id', apiId])
    expect(items.length).toBeGreaterThanOrEqual(2)
  })

  it('PRIVATE without a policy rolls back with the message of API Gateway', async () => {
    const text = readFileSync(join(EXAMPLE, 'service.yaml'), 'utf8')
    const bare = text.slice(0, text.indexOf('      Auth:\n')) + text.slice(text.indexOf('  GetEntitiesFunction:'))
    mkdirSync(join(folder, 'bare'))
    writeFileSync(join(folder, 'bare/template.yaml'), bare.replace('CodeUri: src/', `CodeUri: ${join(EXAMPLE, 'src')}`))
    const ran = await deploy(
      '-t',
      join(folder, 'bare/template.yaml'),
      '--stack-name',
      'bare',
      '--parameter-overrides',
      'InfrastructureStack=front',
    )
    expect(ran.code).toBe(1)
    expect(ran.stdout + ran.stderr).toContain("Private REST API doesn't have a resource policy attached to it")
    expect(ran.stdout).toContain('ROLLBACK_COMPLETE')
  })

  it('a policy that admits nobody deploys, and explain says why nobody gets in', async () => {
    const text = readFileSync(join(EXAMPLE, 'service.yaml'), 'utf8')
    const nobody = text
      .replace(/aws:SourceVpce:\n\s+Fn::ImportValue: .*\n/, 'aws:SourceVpce: vpce-00000000000000000\n')
      .replace('CodeUri: src/', `CodeUri: ${join(EXAMPLE, 'src')}`)
    mkdirSync(join(folder, 'nobody'))
    writeFileSync(join(folder, 'nobody/template.yaml'), nobody)
    const ran = await deploy(
      '-t',
      join(folder, 'nobody/template.yaml'),
      '--stack-name',
      'nobody',
      '--parameter-overrides',
      'InfrastructureStack=front',
      `Environment=${stage}`,
    )
    expect(ran, ran.stdout + ran.stderr).toMatchObject({ code: 0 })
    const id = (await postern(running, ['outputs', 'nobody', 'ApiId'], env)).stdout.trim()
    const answer = await http(door(), { path: `/${stage}/entities`, headers: { 'x-apigw-api-id': id } })
    expect(answer.status).toBe(403)
    const { stdout } = await postern(running, ['explain', String(answer.headers['x-amzn-requestid'])], env)
    expect(stdout).toContain('vpce-00000000000000000')
    expect(stdout).toContain(doors[0]?.id)
  })
})
