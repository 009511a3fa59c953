import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Connection, type Connections, openConnections } from './connections.ts'

const HEADER = Buffer.from('0d0a0d0a000d0a515549540a2111000c0a0002280a000114c35001bb', 'hex')

let folder: string
let path: string
let connections: Connections
let got: Connection[]
let serve: (connection: Connection) => void

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'postern-connections-'))
  path = join(folder, 'relay.sock')
  got = []
  serve = ({ stream }) => stream.pipe(stream)
  connections = await openConnections(path, (connection) => {
    got.push(connection)
    serve(connection)
  })
})
afterEach(async () => {
  await connections.stop()
  rmSync(folder, { recursive: true })
})

/** Sends the pieces, each on its own, ends, and answers what came back; nothing where it was cut off. */
function send(...pieces: readonly Buffer[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket: Socket = connect({ path, allowHalfOpen: true })
    let received = ''
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1')
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(received === '' ? undefined : received))
    const next = (index: number): void => {
      const piece = pieces[index]
      if (piece) socket.write(piece, () => setImmediate(() => next(index + 1)))
      else socket.end()
    }
    next(0)
  })
}

describe('what relays forward', () => {
  it.each([
    ['in one piece', [Buffer.concat([HEADER, Buffer.from('hello')])]],
    ['header first', [HEADER, Buffer.from('hello')]],
    ['byte for byte', [...Buffer.concat([HEADER, Buffer.from('hello')])].map((byte) => Buffer.of(byte))],
  ])('arrives whole: %s', async (_how, pieces) => {
    expect(await send(...pieces)).toBe('hello')
    expect(got.map(({ to }) => to.port)).toEqual([443])
  })

  it('is cut off where it does not begin with a header, and the next is served', async () => {
    for (let times = 0; times < 300; times += 1) {
      // As far as its version a header can have one value only: what differs there is none, whatever chance puts behind it.
      const right = times % 3 === 0 ? times % 13 : 0
      const noise = randomBytes(1 + (times % 100))
      noise[0] = HEADER[right]! ^ 0xff
      expect(await send(Buffer.concat([HEADER.subarray(0, right), noise]))).toBeUndefined()
    }
    expect(got).toEqual([])
    expect(await send(HEADER.subarray(0, 20))).toBeUndefined()
    expect(await send(HEADER, Buffer.from('still here'))).toBe('still here')
  })

  it('can be served as HTTP, with what came together with the header', async () => {
    const server = createServer((request, response) => response.end(`you asked for ${request.url}`))
    serve = ({ stream }) => server.emit('connection', stream)
    const request = Buffer.from('GET /dev HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
    expect(await send(Buffer.concat([HEADER, request]))).toMatch(/you asked for \/dev$/)
    expect(await send(HEADER, request)).toMatch(/you asked for \/dev$/)
  })

  it('is for the owner alone', () => {
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })
})
