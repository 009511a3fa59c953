import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { formatAddress } from '#core/net/cidr.ts'
import { surfaceOf } from '#core/net/surface.ts'
import { address, ENDPOINT, having, network, PEER_HOST } from '#core/net/testing/two-vpcs.ts'
import { failureAs } from './availability.ts'
import type { Connection } from './connections.ts'
import { type Namespace, type NamespaceOptions, openNamespace } from './namespace.ts'
import { greet, run, tryAll } from './testing/in-namespace.ts'

const RESOLVER = '10.0.0.2'
const vantage = {
  kind: 'subnet',
  subnetId: 'subnet-clients',
  address: address('10.0.2.40'),
  groupIds: ['sg-client'],
  public: false,
} as const
const surfaceIn = (of: typeof network) => surfaceOf(of, vantage, vantage.address, [])
const surface = surfaceIn(network)

const tcp = (at: string, port: number) => ({ address: address(at), port, protocol: 'tcp' as const })
const udp = (at: string, port: number) => ({ address: address(at), port, protocol: 'udp' as const })
/** Open whatever the groups say. */
const control = tcp(RESOLVER, 53)

let privilege: 'root' | 'user'
const opened: Namespace[] = []
const children: ChildProcess[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map((namespace) => namespace.close()))
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

async function open(options: Partial<NamespaceOptions> = {}): Promise<Namespace> {
  const namespace = await openNamespace({ surface, resolvers: [address(RESOLVER)], connected: greet, as: privilege, ...options })
  opened.push(namespace)
  return namespace
}

const ways = (['root', 'user'] as const).map((as) => ({
  as,
  failure: as === 'root' && process.geteuid?.() !== 0 ? 'not root' : failureAs(as),
}))
const shown = ({ as, failure }: (typeof ways)[number]) =>
  `a namespace made ${as === 'root' ? 'as root' : 'in a user namespace'}${failure === undefined ? '' : ` (not on this machine: ${failure})`}`
describe.each(ways.map((way) => [shown(way), way] as const))('%s', (_title, { as, failure }) => {
  beforeEach(({ skip }) => {
    skip(failure !== undefined, failure)
    privilege = as
  })

  it('behaves as its surface says', async () => {
    const expected = [
      [tcp(ENDPOINT, 443), 'open'],
      [tcp(ENDPOINT, 80), 'refused'],
      [tcp(ENDPOINT, 81), 'timeout'],
      [tcp('10.0.1.99', 443), 'timeout'],
      [tcp(PEER_HOST, 8080), 'open'],
      [tcp(PEER_HOST, 8079), 'refused'],
      [tcp('172.20.0.1', 443), 'unreachable'],
      [udp(RESOLVER, 53), 'open'],
      [udp(ENDPOINT, 53), 'timeout'],
      [udp('172.20.0.1', 53), 'unreachable'],
    ] as const
    const probes = expected.map(([probe]) => probe)
    expect(await tryAll(await open(), control, probes)).toEqual(expected.map(([, outcome]) => outcome))
  })

  it('tells who asks, and for what', async () => {
    const got: Connection[] = []
    const connected = (connection: Connection) => {
      got.push(connection)
      greet(connection)
    }
    await tryAll(await open({ connected }), control, [tcp(ENDPOINT, 443), udp(RESOLVER, 53)])
    const shown = got.map(({ protocol, from, to }) => [protocol, formatAddress(from.address), formatAddress(to.address), to.port])
    expect(shown).toEqual(
      expect.arrayContaining([
        ['tcp', '10.0.2.40', ENDPOINT, 443],
        ['udp', '10.0.2.40', RESOLVER, 53],
      ]),
    )
  })

  it('changes while something runs in it', async () => {
    const namespace = await open()
    const closed = surfaceIn(having('securityGroups', 'sg-endpoint', { rules: [] }))
    const cut = surfaceIn(having('routeTables', 'rtb-private', { routes: [] }))
    const probes = [tcp(ENDPOINT, 443), tcp(ENDPOINT, 80)]
    await namespace.change(closed)
    expect(await tryAll(namespace, control, probes)).toEqual(['timeout', 'timeout'])
    await Promise.all([namespace.change(cut), namespace.change(surface), namespace.change(cut)])
    expect(await tryAll(namespace, control, probes)).toEqual(['unreachable', 'unreachable'])
    await namespace.change(surface)
    expect(await tryAll(namespace, control, probes)).toEqual(['open', 'refused'])
  })

  it('has names of its own, and leaves the rest of the machine as it is', async () => {
    const namespace = await open({ search: 'eu-central-1.compute.internal' })
    const script = 'cat /etc/resolv.conf; id -u; pwd; grep ^hosts: /etc/nsswitch.conf; echo to stderr >&2; cat; exit 7'
    const { code, stdout, stderr } = await run(namespace, ['sh', '-c', script], 'from stdin\n')
    expect([code, stderr]).toEqual([7, 'to stderr\n'])
    expect(stdout.split('\n')).toEqual([
      'search eu-central-1.compute.internal',
      `nameserver ${RESOLVER}`,
      String(process.getuid?.()),
      process.cwd(),
      'hosts: files dns',
      'from stdin',
      '',
    ])
  })

  it('passes arguments on as they are', async () => {
    const odd = ['a b', '$HOME', '--', '-x', "it's", '']
    const printed = await run(await open(), [process.execPath, '-p', 'JSON.stringify(process.argv.slice(1))', '--', ...odd])
    expect(JSON.parse(printed.stdout)).toEqual(odd)
  })

  it('ends a command by the signal that it is sent', async () => {
    const [program, ...args] = (await open()).enter(['sleep', '1000'])
    const child = spawn(program!, args)
    children.push(child)
    const ended = new Promise((resolve) => child.once('close', (_, signal) => resolve(signal)))
    child.kill('SIGTERM')
    expect(await ended).toBe('SIGTERM')
  })

  it('carries a million bytes and a half-closed connection both ways, unharmed', async () => {
    const sizes: Promise<number>[] = []
    const namespace = await open({
      // Answers once it has heard everything.
      connected: ({ stream }) => {
        stream.on('error', () => {})
        sizes.push(
          new Promise((resolve) => {
            let size = 0
            stream.on('data', (chunk) => {
              size += chunk.length
            })
            stream.on('end', () => {
              stream.end(Buffer.alloc(size, 'y'))
              resolve(size)
            })
          }),
        )
      },
    })
    const script = `const socket = require('net').connect({ host: '${ENDPOINT}', port: 443, allowHalfOpen: true })
      let size = 0
      socket.on('data', (chunk) => { size += chunk.length })
      socket.on('end', () => console.log(size))
      socket.end(Buffer.alloc(1_000_000, 'x'))`
    const { stdout, stderr } = await run(namespace, [process.execPath, '-e', script])
    expect([stdout, stderr]).toEqual(['1000000\n', ''])
    expect(await Promise.all(sizes)).toEqual([1_000_000])
  })

  it('does not run ahead of who does not read', async () => {
    let sent = 0
    let stalled: (sent: number) => void
    const stall = new Promise<number>((resolve) => {
      stalled = resolve
    })
    const namespace = await open({
      connected: ({ stream }) => {
        stream.on('error', () => {})
        const chunk = Buffer.alloc(65_536)
        const push = () => {
          while (sent < 500_000_000) {
            sent += chunk.length
            if (!stream.write(chunk)) {
              stream.once('drain', push)
              return
            }
          }
          stalled(sent)
        }
        push()
        // Nothing more is taken for a while: the buffers on the way are full.
        let before = -1
        const timer = setInterval(() => {
          if (before === sent) {
            clearInterval(timer)
            stalled(sent)
          }
          before = sent
        }, 300)
      },
    })
    const [program, ...args] = namespace.enter([
      process.execPath,
      '-e',
      `require('net').connect({ host: '${ENDPOINT}', port: 443 }).on('connect', function () { this.pause(); setInterval(() => {}, 1000) })`,
    ])
    const child = spawn(program!, args)
    children.push(child)
    expect(await stall).toBeLessThan(100_000_000)
  })

  it('tells a client that Postern broke off', async () => {
    const namespace = await open({ connected: ({ stream }) => stream.once('data', () => stream.destroy()) })
    const script = `const socket = require('net').connect({ host: '${ENDPOINT}', port: 443 }, () => socket.write('x'.repeat(1_000_000)))
      socket.on('error', ({ code }) => console.log('error', code)).on('end', () => console.log('end')).resume()`
    const { stdout } = await run(namespace, [process.execPath, '-e', script])
    expect(stdout).toMatch(/^(error (ECONNRESET|EPIPE)|end)\n/)
  })
})

describe.each(ways.map((way) => [shown(way), way] as const))('the end of %s', (_title, { as, failure }) => {
  beforeEach(({ skip }) => {
    skip(failure !== undefined, failure)
    privilege = as
  })

  it('leaves no process and no file', async () => {
    const namespace = await open()
    const { network: inside, folder } = await insideOf(namespace)
    const [program, ...args] = namespace.enter(['sh', '-c', 'sleep 1000 & setsid sleep 1001 & wait'])
    const child = spawn(program!, args, { stdio: 'ignore' })
    const ended = new Promise((resolve) => child.once('close', (_, signal) => resolve(signal)))
    await expect.poll(() => processesIn(inside).length).toBe(3)
    await namespace.close()
    expect(await ended).toBe('SIGKILL')
    expect([processesIn(inside), existsSync(folder)]).toEqual([[], false])
  })

  it('comes with that of the relay, however it ends', async () => {
    const namespace = await open()
    const { network: inside, relay, folder } = await insideOf(namespace)
    const [program, ...args] = namespace.enter(['sh', '-c', 'sleep 1000 & wait'])
    children.push(spawn(program!, args, { stdio: 'ignore' }))
    await expect.poll(() => processesIn(inside).length).toBe(2)
    process.kill(relay, 'SIGKILL')
    await namespace.ended
    expect([processesIn(inside), existsSync(folder)]).toEqual([[], false])
    await namespace.change(surfaceIn(having('securityGroups', 'sg-endpoint', { rules: [] })))
  })

  it('comes with that of who opened it, however it ends', async () => {
    const opener = spawn(process.execPath, [fileURLToPath(new URL('testing/open-and-wait.mjs', import.meta.url)), as], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    children.push(opener)
    const [line] = await once(opener.stdout.setEncoding('utf8'), 'data')
    const { inside, folder } = JSON.parse(line)
    expect([processesIn(inside).length, existsSync(folder)]).toEqual([1, true])
    opener.kill('SIGKILL')
    await expect.poll(() => [processesIn(inside), existsSync(folder)], { timeout: 30_000 }).toEqual([[], false])
  })
})

/** The namespace inside, and the process and the folder that hold it. */
async function insideOf(namespace: Namespace) {
  const { stdout } = await run(namespace, ['readlink', '/proc/self/ns/net'])
  const pid = Number(/\/proc\/(\d+)\/fd/.exec(namespace.enter(['true']).join(' '))?.[1])
  const folder = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    .split('\0')
    .find((argument) => argument.includes('postern-net-'))!
  return { network: stdout.trim(), relay: pid, folder }
}

function processesIn(networkNamespace: string): readonly string[] {
  return readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readlinkSync(`/proc/${name}/ns/net`) === networkNamespace
    } catch {
      return false
    }
  })
}
