import { createSocket } from 'node:dgram'
import { Resolver } from 'node:dns/promises'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { decode, encode } from 'dns-packet'
import { afterEach, describe, expect, it } from 'vitest'
import { hostilePackets } from '#core/dns/testing/hostile-packets.ts'
import { type NamedNetwork, resolve } from '#core/net/resolve.ts'
import { network } from '#core/net/testing/two-vpcs.ts'
import type { RecordType, ZoneRecord } from '#core/net/zones.ts'
import { type DnsServer, type DnsServerOptions, openDnsServer } from './dns-server.ts'
import { framesOf } from './frames.ts'

const record = (name: string, type: RecordType, ...values: string[]): ZoneRecord => ({ name, type, ttl: 60, values })
const addresses = Array.from({ length: 200 }, (_, index) => `10.0.0.${index}`)
const texts = Array.from({ length: 200 }, (_, index) => `"${index}${'x'.repeat(240)}"`)
const named: NamedNetwork = {
  ...network,
  zones: [
    {
      id: 'Z1',
      name: 'example.com',
      seenBy: 'everybody',
      records: [
        record('one.example.com', 'A', '10.0.1.20'),
        record('www.example.com', 'CNAME', 'one.example.com'),
        record('many.example.com', 'A', ...addresses),
        record('long.example.com', 'TXT', ...texts),
        record('broken.example.com', 'A', 'ten'),
      ],
    },
  ],
}

const open: DnsServer[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.stop()))
})

async function serve(options: Partial<DnsServerOptions> = {}): Promise<DnsServer & { readonly faults: unknown[] }> {
  const faults: unknown[] = []
  const server = await openDnsServer({
    ...{ host: '127.0.0.1', port: 0, onFault: (error) => faults.push(error) },
    answer: (name, type) => resolve(named, { kind: 'internet' }, name, type),
    ...options,
  })
  open.push(server)
  return { ...server, faults }
}

function resolverOf({ address }: DnsServer): Resolver {
  const resolver = new Resolver({ timeout: 20_000, tries: 1 })
  resolver.setServers([address])
  return resolver
}

const query = (name: string, id: number, type: 'A' | 'TXT' = 'A') =>
  encode({ type: 'query', id, flags: 0x0100, questions: [{ name, type }] })
const framed = (packet: Uint8Array) => Buffer.concat([Buffer.from([packet.length >> 8, packet.length & 255]), packet])

async function connected({ port }: DnsServer): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'connect')
  return socket
}

/** However it ends. */
const closed = (socket: Socket) => new Promise<void>((resolve) => void socket.resume().once('close', () => resolve()))

/** Reads so many answers. */
function answers(socket: Socket, count: number): Promise<readonly Buffer[]> {
  const frames = framesOf()
  const found: Buffer[] = []
  return new Promise((resolve, reject) => {
    socket.on('data', (chunk: Buffer) => {
      found.push(...frames(chunk))
      if (found.length >= count) resolve(found)
    })
    socket.once('close', () => reject(new Error(`closed after ${found.length} of ${count} answers`)))
  })
}

const descriptors = () => (process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0)

describe('the DNS server', () => {
  it("answers Node.js's resolver, over TCP where UDP is too small", async () => {
    const resolver = resolverOf(await serve())
    expect(await resolver.resolve4('one.example.com', { ttl: true })).toEqual([{ address: '10.0.1.20', ttl: 60 }])
    expect(await resolver.resolve4('www.example.com')).toEqual(['10.0.1.20'])
    expect(await resolver.resolveCname('www.example.com')).toEqual(['one.example.com'])
    expect(await resolver.resolve4('many.example.com')).toEqual(addresses)
    expect((await resolver.resolveTxt('long.example.com')).length).toBe(200)
    await expect(resolver.resolve6('one.example.com')).rejects.toMatchObject({ code: 'ENODATA' })
    await expect(resolver.resolve4('none.example.com')).rejects.toMatchObject({ code: 'ENOTFOUND' })
  })

  it('tells of a record that no packet can hold, and answers that it failed', async () => {
    const server = await serve()
    await expect(resolverOf(server).resolve4('broken.example.com')).rejects.toMatchObject({ code: 'ESERVFAIL' })
    expect(server.faults.map(String)).toContain('Error: `ten` is no value of a record of type A')
  })

  it('answers all queries of a connection in order, however they are cut', async () => {
    const socket = await connected(await serve())
    const ids = Array.from({ length: 500 }, (_, index) => index)
    const found = answers(socket, ids.length)
    const stream = Buffer.concat(ids.map((id) => framed(query(id % 2 === 0 ? 'one.example.com' : 'none.example.com', id))))
    for (let at = 0; at < stream.length; at += 97) socket.write(stream.subarray(at, at + 97))
    expect((await found).map((packet) => decode(packet).id)).toEqual(ids)
    socket.destroy()
  })

  it('does not fill its memory for somebody who asks and does not read', async () => {
    let asked = 0
    const server = await serve({
      answer: (name, type) => {
        asked += 1
        return resolve(named, { kind: 'internet' }, name, type)
      },
    })
    const socket = await connected(server)
    socket.pause()
    // 200 MB of answers: more than the system itself holds for a connection.
    const count = 4_000
    socket.write(Buffer.concat(Array.from({ length: count }, (_, id) => framed(query('long.example.com', id, 'TXT')))))
    // Whoever asks after that is answered, when the first has been answered as far as it goes.
    for (let turn = 0; turn < 20; turn += 1) await resolverOf(server).resolve4('one.example.com')
    const before = asked
    expect(before).toBeLessThan(count / 2)
    // Once somebody reads again, it goes on.
    const found = answers(socket, before + 100)
    socket.resume()
    await found
    socket.destroy()
  })

  it('closes a connection that asks nothing, even if it sends a byte now and then', async () => {
    const server = await serve({ idleMs: 50 })
    const [silent, dripping] = await Promise.all([connected(server), connected(server)])
    const drip = setInterval(() => dripping.write('\0'), 10)
    await Promise.all([closed(silent), closed(dripping)])
    clearInterval(drip)
  })

  it('takes no more connections than it can hold, and goes on', async () => {
    const server = await serve({ maxConnections: 2 })
    const [first, second] = await Promise.all([connected(server), connected(server)])
    const third = connect(server.port, '127.0.0.1').on('error', () => {})
    await closed(third)
    first.destroy()
    const found = answers(second, 1)
    second.write(framed(query('one.example.com', 7)))
    expect((await found).map((packet) => decode(packet).id)).toEqual([7])
    second.destroy()
  })

  it('outlives hostile packets, and leaves no descriptor open', async () => {
    const server = await serve()
    const before = descriptors()
    const udp = createSocket('udp4')
    for (const packet of hostilePackets(3_000, ['one.example.com', 'many.example.com'])) {
      // What is longer than a datagram can be is for TCP.
      const datagram = packet.subarray(0, 65_000)
      await new Promise<void>((resolve) => udp.send(datagram, server.port, '127.0.0.1', () => resolve()))
    }
    for (const packet of hostilePackets(100, ['one.example.com'], 2)) {
      const socket = await connected(server)
      socket.end(packet.length % 2 === 0 ? packet : framed(packet))
      await closed(socket)
    }
    udp.close()
    await once(udp, 'close')
    expect(await resolverOf(server).resolve4('one.example.com')).toEqual(['10.0.1.20'])
    expect(server.faults).toEqual([])
    // The resolver's own sockets come and go.
    expect(descriptors()).toBeLessThanOrEqual(before + 8)
  })

  it('refuses to start on a port that is taken, over UDP or TCP', async () => {
    const { port } = await serve()
    await expect(serve({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    const udp = createSocket('udp4').bind(0, '127.0.0.1')
    await once(udp, 'listening')
    await expect(serve({ port: udp.address().port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    udp.close()
  })

  it('is gone when it has stopped, with the connections that were open', async () => {
    const server = await serve()
    const socket = await connected(server)
    const end = closed(socket)
    await server.stop()
    await end
    open.splice(0)
    const again = await serve({ port: server.port })
    expect(again.address).toBe(`127.0.0.1:${server.port}`)
  })
})
