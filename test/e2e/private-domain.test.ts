import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aws, awsJson, awsVersion, postern, ROOT, type Running, removeFolder, run, temporaryFolder, up } from './harness.ts'

const who = { account: '111122223333', region: 'eu-central-1' }
const partner = { ...who, account: '444455556666' }
const env = { AWS_ACCESS_KEY_ID: who.account, AWS_REGION: who.region }
const template = join(ROOT, 'test/e2e/templates/private-domain.yaml')

describe.skipIf(awsVersion === undefined)('a private API behind a private custom domain name', () => {
  let running: Running
  let folder: string
  const outputs = new Map<string, string>()
  const out = (key: string) => outputs.get(key) ?? ''
  const doors = new Map<string, string>()

  const curl = async (door: string, host: string, path: string) => {
    const url = (doors.get(door) ?? running.endpoint) + path
    const { stdout } = await run('curl', ['-s', '-w', ' %{http_code}', '-H', `Host: ${host}`, url])
    return stdout
  }
  const explained = async () => JSON.parse((await postern(running, ['explain', '--last', '--json'], env)).stdout).because.code
  const lookUpDoors = async () => {
    const { endpoints } = JSON.parse((await postern(running, ['list', '--json'], env)).stdout)
    for (const { id, url } of endpoints) doors.set(id, url)
  }
  const gateway = (by: typeof who, ...args: string[]) => awsJson<Record<string, never>>(running, by, ['apigateway', ...args])
  const answer = (through: string) => JSON.stringify({ path: '/v1/7', stage: 'live', domainName: 'books.example.com', through })

  beforeAll(async () => {
    folder = temporaryFolder()
    mkdirSync(join(folder, 'data'))
    running = await up(join(folder, 'data'))
    const args = ['deploy', '-t', template, '--stack-name', 'books', '--capabilities', 'CAPABILITY_IAM']
    const ran = await postern(running, args, env)
    expect(ran, ran.stdout + ran.stderr).toMatchObject({ code: 0 })
    for (const key of ['ApiId', 'Door', 'SideDoor', 'NameArn', 'NameId'])
      outputs.set(key, (await postern(running, ['outputs', 'books', key], env)).stdout.trim())
    await lookUpDoors()
  })
  afterAll(async () => {
    await running?.stop()
    removeFolder(folder)
  })

  it('answers through the associated endpoint, and says why nowhere else', async () => {
    expect(await curl(out('Door'), 'books.example.com', '/v1/7')).toBe(`${answer(out('Door'))} 200`)
    expect(await curl(out('SideDoor'), 'books.example.com', '/v1/7')).toBe('{"message":"Forbidden"} 403')
    expect(await explained()).toBe('name-api/not-associated')
    expect(await curl('main', 'books.example.com', '/v1/7')).toBe('{"message":"Forbidden"} 403')
    expect(await explained()).toBe('name-api/private-domain-from-outside')
  })

  it('is the only way to an API that asks for `execute-api:viaDomainArn`', async () => {
    const host = `${out('ApiId')}.execute-api.eu-central-1.amazonaws.com`
    expect(await curl(out('Door'), host, '/live/7')).toContain('because no resource-based policy allows')
    expect(await explained()).toBe('check-resource-policy/not-allowed')
  })

  it('wants its own policy to allow, besides the association', async () => {
    const source = ['--access-association-source', out('SideDoor'), '--access-association-source-type', 'VPCE'] as const
    const made = await gateway(who, 'create-domain-name-access-association', '--domain-name-arn', out('NameArn'), ...source)
    expect(await curl(out('SideDoor'), 'books.example.com', '/v1/7')).toBe(
      `{"Message":"User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-central-1:********3333:/domainnames/books.example.com+${out('NameId')} because no resource-based policy allows the execute-api:Invoke action"} 403`,
    )
    expect(await explained()).toBe('check-domain-policy/not-allowed')
    await gateway(
      who,
      'delete-domain-name-access-association',
      '--domain-name-access-association-arn',
      String(made['domainNameAccessAssociationArn']),
    )
    await curl(out('SideDoor'), 'books.example.com', '/v1/7')
    expect(await explained()).toBe('name-api/not-associated')
  })

  it('lets another account associate its endpoint once the management policy says so', async () => {
    const vpce = 'vpce-0123456789abcdef0'
    const source = ['--access-association-source', vpce, '--access-association-source-type', 'VPCE'] as const
    const create = ['create-domain-name-access-association', '--domain-name-arn', out('NameArn'), ...source]
    const refused = await aws(running, partner, ['apigateway', ...create])
    expect(refused.stderr).toContain('(AccessDeniedException)')
    const policy = {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${partner.account}:root` },
          Action: 'apigateway:CreateAccessAssociation',
          Resource: out('NameArn'),
        },
      ],
    }
    const named = ['--domain-name', 'books.example.com', '--domain-name-id', out('NameId')] as const
    const patch = JSON.stringify([{ op: 'replace', path: '/managementPolicy', value: JSON.stringify(policy) }])
    await gateway(who, 'update-domain-name', ...named, '--patch-operations', patch)
    const { domainNameAccessAssociationArn: arn } = await gateway(partner, ...create)
    expect(arn).toBe(
      `arn:aws:apigateway:eu-central-1:${partner.account}:/domainnameaccessassociations/domainname/books.example.com+${out('NameId')}/vpcesource/${vpce}`,
    )
    const others = ['get-domain-name-access-associations', '--resource-owner', 'OTHER_ACCOUNTS']
    expect((await gateway(who, ...others))['items']).toHaveLength(1)
    const reject = ['reject-domain-name-access-association', '--domain-name-arn', out('NameArn')]
    await gateway(who, ...reject, '--domain-name-access-association-arn', String(arn))
    expect(await gateway(who, ...others)).toEqual({ items: [] })
  })

  it('is there after `kill -9`, and goes with its stack', async () => {
    await running.kill()
    running = await up(join(folder, 'data'))
    await lookUpDoors()
    expect(await curl(out('Door'), 'books.example.com', '/v1/7')).toBe(`${answer(out('Door'))} 200`)
    const ran = await postern(running, ['delete', 'books'], env)
    expect(ran, ran.stdout + ran.stderr).toMatchObject({ code: 0 })
    expect(await gateway(who, 'get-domain-names')).toEqual({ items: [] })
  })
})
