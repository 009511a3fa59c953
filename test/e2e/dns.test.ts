import { spawnSync } from 'node:child_process'
import { Resolver } from 'node:dns/promises'
import { mkdirSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EXAMPLE, POSTERN, postern, type Running, removeFolder, run, temporaryFolder, up } from './harness.ts'

const region = 'us-west-2'
const env = { AWS_ACCESS_KEY_ID: '271828182845', AWS_REGION: region }
const stage = 'blue'
const apis = `execute-api.${region}.amazonaws.com`
const hasDig = spawnSync('dig', ['-v']).error === undefined
const hasPython = spawnSync('python3', ['--version']).error === undefined

let folder: string
let running: Running
/** Names of what is deployed. */
let name: Record<'open' | 'private' | 'alias' | 'otherAlias' | 'endpoint' | 'zonal', string>

const deploy = async (template: string, stack: string, ...parameters: string[]) => {
  const args = ['deploy', '-t', join(EXAMPLE, template), '--stack-name', stack, '--capabilities', 'CAPABILITY_IAM']
  const ran = await postern(running, [...args, ...(parameters.length > 0 ? ['--parameter-overrides', ...parameters] : [])], env)
  expect(ran, ran.stdout + ran.stderr).toMatchObject({ code: 0 })
}
const output = async (stack: string, key: string) => (await postern(running, ['outputs', stack, key], env)).stdout.trim()

function resolver(): Resolver {
  const asking = new Resolver({ timeout: 20_000, tries: 1 })
  asking.setServers([running.dns ?? ''])
  return asking
}
/** Addresses, or the code of a refusal. */
const addresses = (host: string): Promise<readonly string[] | string> =>
  resolver()
    .resolve4(host)
    .then(
      (found) => found.sort(),
      ({ code }: NodeJS.ErrnoException) => code ?? '',
    )

beforeAll(async () => {
  folder = temporaryFolder()
  mkdirSync(join(folder, 'data'))
  running = await up(join(folder, 'data'), '--dns-port', '0')
  await deploy('network.yaml', 'net')
  for (const stack of ['front', 'side']) await deploy('infrastructure.yaml', stack, 'NetworkStack=net')
  const [front, side] = [await output('front', 'ExecuteApiEndpointId'), await output('side', 'ExecuteApiEndpointId')]
  const endpoint = await output('front', 'ExecuteApiEndpointDnsName')
  await deploy('service-public.yaml', 'open', `Environment=${stage}`)
  await deploy('service.yaml', 'svc', `Environment=${stage}`, 'InfrastructureStack=front')
  const id = await output('svc', 'ApiId')
  name = {
    open: await output('open', 'ApiHost'),
    private: `${id}.${apis}`,
    alias: `${id}-${front}.${apis}`,
    otherAlias: `${id}-${side}.${apis}`,
    endpoint,
    zonal: endpoint.replace('.', `-${region}a.`),
  }
})
afterAll(async () => {
  await running?.stop()
  removeFolder(folder)
})

describe("the internet's names, asked by Node.js", () => {
  const inSubnets = [expect.stringMatching(/^10\.20\.1\.\d+$/), expect.stringMatching(/^10\.20\.2\.\d+$/)]

  it.each([
    ['a public API is at the main port', 'open', ['127.0.0.1']],
    ['a private API has no public name', 'private', 'ENOTFOUND'],
    ['its alias leads to private addresses, for everybody to see', 'alias', inSubnets],
    ['there is no alias of an endpoint that it is not associated with', 'otherAlias', 'ENOTFOUND'],
    ['an endpoint has an address in each subnet', 'endpoint', inSubnets],
    ['an endpoint has a name for each zone', 'zonal', [inSubnets[0]]],
  ] as const)('%s', async (_what, which, expected) => {
    expect(await addresses(name[which])).toEqual(expected)
  })

  it('AWS services are at the main port, in every region; nothing else exists', async () => {
    expect(await addresses(`sts.${region}.amazonaws.com`)).toEqual(['127.0.0.1'])
    expect(await addresses('lambda.cn-north-1.amazonaws.com.cn')).toEqual(['127.0.0.1'])
    expect(await addresses(`abcdefghij.${apis}`)).toBe('ENOTFOUND')
    expect(await addresses('www.example.org')).toBe('ENOTFOUND')
  })

  it('an answer is as new as the last deployment', async () => {
    await deploy('infrastructure.yaml', 'third', 'NetworkStack=net')
    const third = await output('third', 'ExecuteApiEndpointDnsName')
    expect(await addresses(third)).toEqual(inSubnets)
    expect(await postern(running, ['delete', 'third'], env)).toMatchObject({ code: 0 })
    expect(await addresses(third)).toBe('ENOTFOUND')
  })

  it('a public hosted zone of Route 53 is part of the internet', async () => {
    const record = (Name: string, Type: string, ...ResourceRecords: string[]) => ({
      Type: 'AWS::Route53::RecordSet',
      Properties: { HostedZoneId: { Ref: 'Zone' }, Name, Type, TTL: '30', ResourceRecords },
    })
    const Resources = {
      Zone: { Type: 'AWS::Route53::HostedZone', Properties: { Name: 'castle.test' } },
      Api: record('api.castle.test', 'CNAME', name.open),
      Text: record('castle.test', 'TXT', '"gate open" "until dusk"'),
      Mail: record('castle.test', 'MX', '10 mail.castle.test'),
    }
    const template = join(folder, 'zone.json')
    writeFileSync(template, JSON.stringify({ Resources }))
    const deployed = await postern(running, ['deploy', '-t', template, '--stack-name', 'zone'], env)
    expect(deployed, deployed.stderr).toMatchObject({ code: 0 })
    const asking = resolver()
    expect(await asking.resolveCname('api.castle.test')).toEqual([name.open])
    expect(await asking.resolve4('api.castle.test', { ttl: true })).toEqual([{ address: '127.0.0.1', ttl: 30 }])
    expect(await asking.resolveTxt('castle.test')).toEqual([['gate open', 'until dusk']])
    expect(await asking.resolveMx('castle.test')).toEqual([{ priority: 10, exchange: 'mail.castle.test' }])
    expect(await asking.resolveNs('castle.test')).toHaveLength(4)
    expect(await asking.resolveSoa('castle.test')).toMatchObject({ hostmaster: 'awsdns-hostmaster.amazon.com', minttl: 86_400 })
    expect(await addresses('wall.castle.test')).toBe('ENOTFOUND')
  })

  it('a client that asks it for names calls a public API by its own', async () => {
    const { port } = new URL(running.endpoint)
    const lookup = (
      host: string,
      _options: unknown,
      done: (error: Error | null, found: { address: string; family: number }[]) => void,
    ) =>
      void resolver()
        .resolve4(host)
        .then(
          (found) =>
            done(
              null,
              found.map((address) => ({ address, family: 4 })),
            ),
          (error: Error) => done(error, []),
        )
    const status = await new Promise((resolve, reject) => {
      const url = `http://${name.open}:${port}/${stage}/entities`
      get(url, { lookup: lookup as never, agent: false }, (response) => {
        response.resume()
        resolve(response.statusCode)
      }).on('error', reject)
    })
    expect(status).toBe(200)
  })
})

describe.skipIf(!hasDig)(`the same, asked by dig${hasDig ? '' : ' (there is no dig here)'}`, () => {
  const dig = async (...args: string[]) => {
    const [, port = ''] = running.dns?.split(':') ?? []
    const { code, stdout, stderr } = await run('dig', ['@127.0.0.1', '-p', port, '+tries=1', '+timeout=20', ...args])
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).not.toMatch(/warning|malformed|extra bytes/i)
    return stdout
  }

  it('over UDP and over TCP', async () => {
    for (const how of ['+notcp', '+tcp', '+noedns']) {
      expect(await dig('+short', how, name.open)).toBe('127.0.0.1\n')
      expect((await dig('+short', how, name.alias)).trim().split('\n')).toHaveLength(2)
    }
  })

  it('what is not there is denied by the zone, for as long as Route 53 says', async () => {
    const denied = await dig(name.private)
    expect(denied).toContain('status: NXDOMAIN')
    expect(denied).toContain('flags: qr rd ra;')
    expect(denied).toMatch(
      new RegExp(
        `^${apis}\\.\\s+900\\s+IN\\s+SOA\\s+ns-1536\\.awsdns-00\\.co\\.uk\\. awsdns-hostmaster\\.amazon\\.com\\. 1 7200 900 1209600 86400`,
        'm',
      ),
    )
    expect(await dig(name.open, 'AAAA')).toMatch(/status: NOERROR[\s\S]*ANSWER: 0, AUTHORITY: 1/)
  })

  it('the question is repeated letter for letter', async () => {
    const mixed = name.open.toUpperCase().replace('EXECUTE', 'execute')
    expect(await dig('+noall', '+question', '+answer', mixed)).toMatch(
      new RegExp(`^;${mixed}\\.[^]*^${mixed}\\.\\s+60\\s+IN\\s+A\\s+127.0.0.1`, 'm'),
    )
  })

  it('odd questions are refused as resolvers refuse them', async () => {
    expect(await dig('+nocookie', name.open, 'ANY')).toContain('"RFC8482" ""')
    expect(await dig('CH', 'TXT', 'version.bind')).toContain('status: REFUSED')
    expect(await dig('+opcode=status', name.open)).toContain('status: NOTIMP')
    expect(await dig('+edns=1', '+noednsnegotiation', name.open)).toContain('status: BADVERS')
    expect(await dig('+dnssec', '+subnet=10.0.0.0/8', name.open)).toMatch(/EDNS: version: 0, flags: do; udp: 1232\n;; QUESTION/)
    expect(await dig('NS', '.')).toContain('status: NOERROR')
  })
})

/** A client of a few lines, which takes nothing from a library: prints the response code, the number of answers and the last address. */
const PYTHON = `
import socket, struct, sys
port, name, how = int(sys.argv[1]), sys.argv[2], sys.argv[3]
labels = b''.join(bytes([len(l)]) + l.encode() for l in name.split('.'))
query = struct.pack('>6H', 4711, 0x100, 1, 0, 0, 0) + labels + struct.pack('>B2H', 0, 1, 1)
if how == 'udp':
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.settimeout(20)
    s.sendto(query, ('127.0.0.1', port)); answer = s.recv(65535)
else:
    s = socket.create_connection(('127.0.0.1', port), 20)
    s.sendall(struct.pack('>H', len(query)) + query); f = s.makefile('rb')
    answer = f.read(struct.unpack('>H', f.read(2))[0])
id, flags, _, count, _, _ = struct.unpack('>6H', answer[:12])
assert id == 4711 and answer[12:len(query)] == query[12:]
print(flags & 15, count, socket.inet_ntoa(answer[-4:]) if count else '')
`

describe.skipIf(!hasPython)(`the same, asked by Python${hasPython ? '' : ' (there is no Python here)'}`, () => {
  it.each(['udp', 'tcp'])('over %s', async (how) => {
    const ask = async (host: string) => {
      const { stdout, stderr } = await run('python3', ['-c', PYTHON, running.dns?.split(':')[1] ?? '', host, how])
      return stdout.trim() + stderr
    }
    expect(await ask(name.open)).toBe('0 1 127.0.0.1')
    expect(await ask(name.alias)).toMatch(/^0 2 10\.20\.[12]\.\d+$/)
    expect(await ask(name.private)).toBe('3 0')
  })
})

const mayMount = process.getuid?.() === 0 && spawnSync('unshare', ['-m', 'true']).status === 0

describe.skipIf(!mayMount)(`a machine that asks nobody else${mayMount ? '' : ' (only root can make one)'}`, () => {
  it('reaches by curl what is on the internet that Postern plays, and nothing else', async () => {
    // Port 53 is the only one that a C library asks; here it is most likely free.
    const host = '127.11.12.13'
    const data = join(folder, 'alone')
    mkdirSync(data)
    const alone = await up(data, '--host', host, '--dns-port', '53')
    const args = ['-t', join(EXAMPLE, 'service-public.yaml'), '--stack-name', 'open', '--capabilities', 'CAPABILITY_IAM']
    const open = await postern(alone, ['deploy', ...args], env)
    expect(open, open.stderr).toMatchObject({ code: 0 })
    const api = (await postern(alone, ['outputs', 'open', 'ApiHost'], env)).stdout.trim()
    const conf = join(folder, 'resolv.conf')
    writeFileSync(conf, `nameserver ${host}\n`)
    const curl = async (url: string) => {
      const script = 'mount --bind "$0" /etc/resolv.conf && exec curl -sS -o /dev/null -w "%{http_code} %{remote_ip}" "$1"'
      return run('unshare', ['-m', 'sh', '-c', script, conf, url])
    }
    const { port } = new URL(alone.endpoint)
    expect(await curl(`http://${api}:${port}/development/entities`)).toMatchObject({ code: 0, stdout: `200 ${host}` })
    // curl's own code for a name that does not exist.
    expect(await curl('http://example.org/')).toMatchObject({ code: 6 })
    expect(await alone.stop()).toBe(0)
  })
})

describe('a port for names', () => {
  it.each([
    ['that is none', 'seventy', 2, '`seventy` is not a port'],
    ['that is taken', '', 3, 'is in use'],
  ])('%s is refused with the next step', async (_what, given, exitCode, said) => {
    const port = given || (running.dns?.split(':')[1] ?? '')
    const { code, stdout, stderr } = await run(process.execPath, [
      POSTERN,
      'up',
      '--port',
      '0',
      '--ephemeral',
      '--dns-port',
      port,
    ])
    expect([code, stdout]).toEqual([exitCode, ''])
    expect(stderr).toContain(said)
    if (exitCode === 3) expect(stderr).toContain('`--dns-port 0`')
  })

  it('is opened only for those who ask for it', async () => {
    const data = join(folder, 'quiet')
    mkdirSync(data)
    const quiet = await up(data)
    expect(quiet.dns).toBeUndefined()
    expect(await quiet.stop()).toBe(0)
  })
})
