import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aws, awsJson, awsVersion, postern, ROOT, type Running, removeFolder, run, temporaryFolder, up } from './harness.ts'

const who = { account: '111122223333', region: 'eu-central-1' }
const env = { AWS_ACCESS_KEY_ID: who.account, AWS_REGION: who.region }
const template = join(ROOT, 'test/e2e/templates/custom-domain.yaml')

describe.skipIf(awsVersion === undefined)('a public API behind a custom domain name', () => {
  let running: Running
  let folder: string
  let apiId: string

  const start = async () => {
    running = await up(join(folder, 'data'))
  }
  /** What curl prints, and the status behind it. */
  const curl = async (host: string, path: string) => {
    const { stdout } = await run('curl', ['-s', '-w', ' %{http_code}', '-H', `Host: ${host}`, running.endpoint + path])
    return stdout
  }
  const event = async (host: string, path: string) => {
    const { stdout } = await run('curl', ['-s', '--fail', '-H', `Host: ${host}`, running.endpoint + path])
    return JSON.parse(stdout)
  }
  const explained = async () => {
    const { stdout } = await postern(running, ['explain', '--last', '--json'], env)
    return JSON.parse(stdout).because.code
  }
  const apigateway = (...args: string[]) => awsJson<Record<string, unknown>>(running, who, ['apigateway', ...args])
  const domain = ['--domain-name', 'api.shop.example'] as const

  beforeAll(async () => {
    folder = temporaryFolder()
    mkdirSync(join(folder, 'data'))
    await start()
    const args = ['deploy', '-t', template, '--stack-name', 'shop', '--capabilities', 'CAPABILITY_IAM']
    const ran = await postern(running, args, env)
    expect(ran, ran.stdout + ran.stderr).toMatchObject({ code: 0 })
    apiId = (await postern(running, ['outputs', 'shop', 'ApiId'], env)).stdout.trim()
  })
  afterAll(async () => {
    await running?.stop()
    removeFolder(folder)
  })

  it('is shown as the template made it', async () => {
    const shown = await apigateway('get-domain-name', ...domain)
    expect(shown).toMatchObject({
      domainName: 'api.shop.example',
      regionalDomainName: expect.stringMatching(/^d-[a-z0-9]{10}\.execute-api\.eu-central-1\.amazonaws\.com$/),
      regionalHostedZoneId: 'Z1U9ULNL0V5AJ3',
      domainNameStatus: 'AVAILABLE',
    })
    expect(await apigateway('get-base-path-mappings', ...domain)).toEqual({
      items: [{ basePath: 'orders', restApiId: apiId, stage: 'live' }],
    })
  })

  it('answers below its base path, and nowhere else', async () => {
    expect(await event('api.shop.example', '/orders/7/lines')).toEqual({
      path: '/orders/7/lines',
      fullPath: '/orders/7/lines',
      stage: 'live',
      domainName: 'api.shop.example',
      domainPrefix: 'api',
    })
    expect(await curl('api.shop.example', '/other/7')).toBe('{"message":"Forbidden"} 403')
    expect(await explained()).toBe('name-api/not-mapped')
    expect(await curl(`${apiId}.execute-api.eu-central-1.amazonaws.com`, '/live/7')).toBe('{"message":"Forbidden"} 403')
    expect(await explained()).toBe('check-entrance/default-endpoint-disabled')
  })

  it('feels new mappings at once, and has them still after `kill -9`', async () => {
    const added = await apigateway('create-base-path-mapping', ...domain, '--rest-api-id', apiId)
    expect(added).toEqual({ basePath: '(none)', restApiId: apiId })
    expect(await event('api.shop.example', '/live/7')).toMatchObject({ path: '/7', fullPath: '/live/7', stage: 'live' })
    const replace = 'op=replace,path=/stage,value=live'
    await apigateway('update-base-path-mapping', ...domain, '--base-path', '(none)', '--patch-operations', replace)
    expect(await event('api.shop.example.localhost', '/7')).toMatchObject({ path: '/7', fullPath: '/7', stage: 'live' })
    await running.kill()
    await start()
    expect(await event('API.shop.example', '/7')).toMatchObject({ path: '/7', stage: 'live' })
    await apigateway('delete-base-path-mapping', ...domain, '--base-path', '(none)')
    expect(await curl('api.shop.example', '/7')).toBe('{"message":"Forbidden"} 403')
  })

  it('takes names by wildcard, of one account only', async () => {
    const certificate = `arn:aws:acm:eu-central-1:${who.account}:certificate/1`
    const wanted = [
      ...['create-domain-name', '--domain-name', '*.shop.example', '--regional-certificate-arn', certificate],
      ...['--endpoint-configuration', 'types=REGIONAL'],
    ]
    await apigateway(...wanted)
    await apigateway('create-base-path-mapping', '--domain-name', '*.shop.example', '--rest-api-id', apiId, '--stage', 'live')
    expect(await event('blue.shop.example', '/7')).toMatchObject({ domainName: 'blue.shop.example', domainPrefix: 'blue' })
    const other = await aws(running, { ...who, account: '444455556666' }, ['apigateway', ...wanted])
    expect(other.stderr).toContain('(BadRequestException)')
    expect(other.stderr).toContain('The domain name you provided already exists.')
    await apigateway('delete-domain-name', '--domain-name', '*.shop.example')
  })

  it('goes with its stack; the name is then nobody’s', async () => {
    expect(await postern(running, ['delete', 'shop'], env)).toMatchObject({ code: 0 })
    expect(await apigateway('get-domain-names')).toEqual({ items: [] })
    const gone = await aws(running, who, ['apigateway', 'get-domain-name', ...domain])
    expect(gone.stderr).toContain('(NotFoundException)')
    expect(gone.stderr).toContain('Invalid domain name identifier specified')
  })
})
