import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decode, encode } from 'dns-packet'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Answer } from '#core/dns/answer-query.ts'
import { answerForwarded } from './answer-forwarded.ts'

const query = encode({ type: 'query', id: 7, questions: [{ type: 'A', name: 'a.example' }] })
const because = { code: 'resolve/found', text: 'found' }
const found: Answer = (name) => ({
  outcome: 'answer',
  records: [{ name, type: 'A', ttl: 60, value: '10.0.1.20' }],
  because,
  passed: [],
  mend: [],
})

let folder: string
let path: string
let server: Server
let protocol: 'tcp' | 'udp'
let answer: Answer
let faults: unknown[]
const sockets = new Set<Socket>()

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'postern-names-'))
  path = join(folder, 'relay.sock')
  answer = found
  faults = []
  server = createServer({ allowHalfOpen: true }, (stream) => {
    sockets.add(stream)
    stream.once('close', () => sockets.delete(stream))
    answerForwarded({ stream, protocol }, answer, (fault) => faults.push(fault))
  })
  await new Promise<void>((resolve) => server.listen(path, resolve))
})
afterEach(() => {
  server.close()
  rmSync(folder, { recursive: true })
})

/** Sends it, ends, and answers all that came back. */
function ask(bytes: Buffer): Promise<Buffer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    const socket = connect({ path, allowHalfOpen: true }, () => socket.end(bytes))
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', () => {})
    socket.on('close', () => resolve(Buffer.concat(chunks)))
  })
}

const framed = (packet: Buffer) => Buffer.concat([Buffer.from([packet.length >> 8, packet.length & 255]), packet])

describe('names that are asked for from elsewhere', () => {
  it('are answered datagram by datagram', async () => {
    protocol = 'udp'
    expect(decode(await ask(query))).toMatchObject({ id: 7, answers: [{ name: 'a.example', data: '10.0.1.20' }] })
  })

  it('are answered on a connection', async () => {
    protocol = 'tcp'
    expect(decode((await ask(framed(query))).subarray(2))).toMatchObject({ id: 7, answers: [{ data: '10.0.1.20' }] })
  })

  it('are not answered where nobody would', async () => {
    protocol = 'udp'
    answer = () => ({ outcome: 'timeout', records: [], because, passed: [], mend: [] })
    expect(await ask(query)).toHaveLength(0)
  })

  it('fail where they cannot be answered, with a word', async () => {
    protocol = 'udp'
    answer = () => {
      throw new Error('a defect')
    }
    expect(decode(await ask(query))).toMatchObject({ rcode: 'SERVFAIL' })
    expect(faults).toHaveLength(1)
  })

  it.each(['udp', 'tcp'] as const)('harm nothing where they are noise, over %s', async (over) => {
    protocol = over
    for (let times = 0; times < 300; times += 1) await ask(randomBytes(times))
    await ask(randomBytes(100_000))
    await expect.poll(() => sockets.size).toBe(0)
    expect(faults).toEqual([])
    protocol = 'udp'
    expect((await ask(query)).length).toBeGreaterThan(0)
  })
})
