import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { namespaceAvailability } from '#io/netns/availability.ts'
import { EXAMPLE, POSTERN, postern, type Ran, type Running, removeFolder, run, temporaryFolder, up } from './harness.ts'

const who = { account: '314159265358', region: 'eu-central-1' }
const env = { AWS_ACCESS_KEY_ID: who.account, AWS_REGION: who.region }
const has = (command: string) => spawnSync(command, ['--version']).error === undefined

const availability = namespaceAvailability()
const lacking = [
  ...(availability.available ? [] : [availability.because]),
  ...['curl', 'dig'].filter((command) => !has(command)).map((command) => `no ${command}`),
].join(', ')

describe.skipIf(lacking !== '')(`commands inside the network${lacking && ` (not on this machine: ${lacking})`}`, () => {
  let folder: string
  let running: Running
  let apiId: string
  let endpointId: string
  let endpointName: string
  const inside = (where: readonly string[], command: readonly string[]): Promise<Ran> =>
    postern(running, ['exec', ...where, '--', ...command], env)
  const client = ['--vpc', 'Vpc', '--security-group', 'ClientSecurityGroup']
  const stranger = ['--vpc', 'net', '--subnet', 'net-private-b']
  /** Patient where an answer is expected; where none is, it is the time-out that is the answer. */
  const curl = (url: string, seconds = 30) => ['curl', '-sS', '-m', String(seconds), '-w', ' %{http_code}', url]
  const aliasUrl = () => `https://${apiId}-${endpointId}.execute-api.${who.region}.amazonaws.com/development/entities`

  beforeAll(async () => {
    folder = temporaryFolder()
    mkdirSync(join(folder, 'data'))
    running = await up(join(folder, 'data'))
    for (const [template, stack, ...parameters] of [
      ['network', 'net'],
      ['infrastructure', 'front', 'NetworkStack=net'],
      ['service', 'svc', 'InfrastructureStack=front'],
    ] as const) {
      const overrides = parameters.length > 0 ? ['--parameter-overrides', ...parameters] : []
      const file = join(EXAMPLE, `${template}.yaml`)
      const ran = await postern(
        running,
        ['deploy', '-t', file, '--stack-name', stack, '--capabilities', 'CAPABILITY_IAM', ...overrides],
        env,
      )
      expect(ran, ran.stdout + ran.stderr).toMatchObject({ code: 0 })
    }
    const output = async (...args: string[]) => (await postern(running, ['outputs', ...args], env)).stdout.trim()
    apiId = await output('svc', 'ApiId')
    endpointId = await output('front', 'ExecuteApiEndpointId')
    endpointName = await output('front', 'ExecuteApiEndpointDnsName')
  })
  afterAll(async () => {
    await running?.stop()
    removeFolder(folder)
  })

  it('call a private API by its alias, by TLS that they trust', async () => {
    const { code, stdout, stderr } = await inside(client, curl(aliasUrl()))
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/"portcullis".* 200$/)
  })

  it('call it by the endpoint and a header, as the documentation writes it', async () => {
    const url = `https://${endpointName}/development/entities`
    const { stdout } = await inside(client, [...curl(url), '-H', `x-apigw-api-id: ${apiId}`])
    expect(stdout).toMatch(/ 200$/)
    expect((await inside(client, curl(url))).stdout).toBe('{"message":"Forbidden"} 403')
  })

  it('call it from Node.js, which trusts nobody else', async () => {
    const script = `fetch('${aliasUrl()}').then((answer) => console.log(answer.status), ({ cause }) => console.log(cause))`
    expect((await inside(client, [process.execPath, '-e', script])).stdout).toBe('200\n')
  })

  it('are not answered by what their security group does not let them reach', async () => {
    const { code, stderr } = await inside(stranger, curl(aliasUrl(), 2))
    expect([code, stderr]).toEqual([28, expect.stringContaining('timed out')])
  })

  it('have no way to private addresses from the internet, where the alias is known all the same', async () => {
    const name = new URL(aliasUrl()).hostname
    const addresses = (await inside(['--internet'], ['dig', '+short', name])).stdout.trim().split('\n')
    expect(addresses.map((address) => address.replace(/\.\d+$/, ''))).toEqual(['10.20.1', '10.20.2'])
    expect((await inside(['--internet'], curl(aliasUrl()))).code).toBe(7)
  })

  it('ask the resolver of their VPC, over UDP and TCP', async () => {
    for (const transport of ['+notcp', '+tcp']) {
      const { stdout } = await inside(client, ['dig', transport, '+noall', '+answer', '+comments', endpointName])
      expect(stdout).toContain('status: NOERROR')
      expect(stdout.match(/\sA\s+10\.20\.\d+\.\d+/g)).toHaveLength(2)
    }
    const privateName = `${apiId}.execute-api.${who.region}.amazonaws.com`
    expect((await inside(client, ['dig', privateName])).stdout).toContain('status: NXDOMAIN')
  })

  it('find the AWS API where there is a way to it', async () => {
    const url = `https://sts.${who.region}.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15`
    expect((await inside(['--internet'], curl(url))).stdout).not.toBe('')
    // A VPC without a way to the internet.
    expect((await inside(client, curl(url))).code).toBe(7)
  })

  it('are cut off while they run when their rule is taken away', async () => {
    const [go, ready] = [join(folder, 'go'), join(folder, 'ready')]
    const script = `${shell(curl(aliasUrl()))} && touch ${ready} && while ! test -e ${go}; do sleep 0.05; done && ${shell(curl(aliasUrl(), 3))}`
    const ran = inside(client, ['sh', '-c', script])
    await expect.poll(() => existsSync(ready), { timeout: 30_000 }).toBe(true)
    const call = (operation: string, input: object) =>
      fetch(`${running.endpoint}/_postern/api/call/ec2/${operation}`, {
        method: 'POST',
        headers: { 'x-postern-account': who.account, 'x-postern-region': who.region },
        body: JSON.stringify(input),
      }).then((answer) => answer.json() as Promise<{ SecurityGroups: { GroupId: string; GroupName: string }[] }>)
    const { SecurityGroups } = await call('DescribeSecurityGroups', {})
    const group = SecurityGroups.find(({ GroupName }) => GroupName.startsWith('front-EndpointSecurityGroup'))
    const clients = SecurityGroups.find(({ GroupName }) => GroupName.startsWith('net-ClientSecurityGroup'))
    const rule = {
      GroupId: group?.GroupId,
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, UserIdGroupPairs: [{ GroupId: clients?.GroupId }] }],
    }
    await call('RevokeSecurityGroupIngress', rule)
    // It sees the change soon after, and there is nothing to wait for but that.
    await expect.poll(async () => (await inside(client, curl(aliasUrl(), 2))).code, { timeout: 30_000 }).toBe(28)
    writeFileSync(go, '')
    expect((await ran).code).toBe(28)
    await call('AuthorizeSecurityGroupIngress', rule)
    expect((await inside(client, curl(aliasUrl()))).code).toBe(0)
  })

  it('have the exit code of the command, or say why there was none', async () => {
    expect((await inside(client, ['sh', '-c', 'exit 7'])).code).toBe(7)
    expect((await inside(client, ['sh', '-c', 'kill -TERM $$'])).code).toBe(143)
    expect((await inside(client, ['no-such-program'])).code).toBe(127)
    expect((await inside([], ['true'])).code).toBe(2)
    const unknown = await inside(['--vpc', 'nowhere'], ['true'])
    expect([unknown.code, unknown.stderr]).toEqual([
      1,
      expect.stringMatching(/has no VPC `nowhere` in eu-central-1; it has `vpc-/),
    ])
  })

  it('have a terminal of their own', { skip: !has('script') }, async () => {
    const command = shell([
      process.execPath,
      POSTERN,
      'exec',
      ...client,
      '--',
      'sh',
      '-c',
      'test -t 0 && test -t 1 && echo a terminal',
    ])
    const { stdout } = await run('script', ['-qec', command, '/dev/null'], {
      env: { ...process.env, ...env, POSTERN_ENDPOINT: running.endpoint },
    })
    expect(stdout).toContain('a terminal')
  })

  it('end with the one who asked for them, however that ends', async () => {
    const mark = String(100_000 + process.pid)
    const asking = spawn(process.execPath, [POSTERN, 'exec', ...client, '--', 'sh', '-c', `sleep ${mark} & sleep ${mark}`], {
      env: { ...process.env, ...env, POSTERN_ENDPOINT: running.endpoint },
      stdio: 'ignore',
    })
    await expect.poll(() => sleeping(mark), { timeout: 30_000 }).toBe(2)
    asking.kill('SIGKILL')
    await expect.poll(() => sleeping(mark), { timeout: 30_000 }).toBe(0)
  })

  it('end with Postern, however that ends', async () => {
    const mark = String(200_000 + process.pid)
    const asking = spawn(process.execPath, [POSTERN, 'exec', ...client, '--', 'sleep', mark], {
      env: { ...process.env, ...env, POSTERN_ENDPOINT: running.endpoint },
      stdio: 'ignore',
    })
    await expect.poll(() => sleeping(mark), { timeout: 30_000 }).toBe(1)
    await running.kill()
    const [code] = await once(asking, 'exit')
    // Its network was ended, or it was ended with its network: which of the two is seen first is chance.
    expect([3, 137]).toContain(code)
    await expect.poll(() => sleeping(mark), { timeout: 30_000 }).toBe(0)
  })
})

const shell = (words: readonly string[]) => words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ')

/** How many sleep for so long. */
function sleeping(seconds: string): number {
  return readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/cmdline`, 'utf8') === `sleep\0${seconds}\0`
    } catch {
      return false
    }
  }).length
}
