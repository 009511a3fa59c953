import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http'
import { Agent, request } from 'node:https'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ConnectionOptions, connect as connectTls } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Authority, openAuthority } from '#io/tls/authority.ts'
import { acceptTls } from './accept-tls.ts'
import { clientAddressOf } from './client-address.ts'

const NAME = 'abc.execute-api.eu-central-1.amazonaws.com'

let folder: string
let path: string
let authority: Authority
let ca: string
let web: HttpServer
let relayed: Server
const sockets = new Set<Socket>()

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'postern-accept-'))
  path = join(folder, 'relay.sock')
  authority = openAuthority(folder)
  ca = (await authority.certificate()).pem
  const certificate = await authority.for(['*.execute-api.eu-central-1.amazonaws.com'])
  web = createHttpServer((asked, answer) => answer.end(`${asked.url} from ${clientAddressOf(asked.socket)}`))
  relayed = createServer({ allowHalfOpen: true }, (stream) => {
    sockets.add(stream)
    stream.once('close', () => sockets.delete(stream))
    acceptTls({ stream, address: '10.0.2.40' }, certificate, (tls) => web.emit('connection', tls))
  })
  await new Promise<void>((resolve) => relayed.listen(path, resolve))
})
afterAll(() => {
  for (const socket of sockets) socket.destroy()
  relayed.close()
  rmSync(folder, { recursive: true })
})

function get(url: string, tls: ConnectionOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const agent = new Agent({ maxCachedSessions: 0 })
    agent.createConnection = () => connectTls({ ca, servername: NAME, ...tls, socket: connect(path) })
    const sent = request({ host: NAME, path: url, agent }, (response) => {
      let body = ''
      response.on('data', (chunk) => {
        body += chunk
      })
      response.on('end', () => resolve(body))
    })
    sent.on('error', reject)
    sent.end()
  })
}

describe('TLS on a connection that was forwarded', () => {
  it.each(['TLSv1.2', 'TLSv1.3'] as const)('is that of the client, in %s', async (version) => {
    expect(await get('/dev', { minVersion: version, maxVersion: version })).toBe('/dev from 10.0.2.40')
  })

  it('shows a certificate that covers the name, and no other', async () => {
    await expect(get('/dev', { servername: 'execute-api.eu-central-1.amazonaws.com' })).rejects.toMatchObject({
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    })
  })

  it('is not older than 1.2', async () => {
    await expect(get('/dev', { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'ALL@SECLEVEL=0' })).rejects.toThrow()
  })

  it('ends with what is none, and the next is served', async () => {
    const ended = (send: (socket: Socket) => void) =>
      new Promise<void>((resolve) => {
        const socket = connect(path, () => send(socket))
        socket.on('error', () => {})
        socket.on('close', () => resolve())
        socket.resume()
      })
    for (let times = 0; times < 200; times += 1) {
      const noise = times % 2 ? Buffer.concat([Buffer.from([0x16, 3, 1]), randomBytes(times)]) : randomBytes(times + 1)
      await ended((socket) => (times % 3 === 0 ? socket.write(noise, () => socket.destroy()) : socket.end(noise)))
    }
    await ended((socket) => socket.end())
    await expect.poll(() => sockets.size).toBe(0)
    expect(await get('/dev')).toBe('/dev from 10.0.2.40')
  })
})
