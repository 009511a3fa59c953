import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { type AgentOptions, Agent as HttpsAgent, request as sendHttps } from 'node:https'
import { connect as connectTcp, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ConnectionOptions, connect as connectTls } from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { apiStage, entranceTo, lambdaMethod } from '#core/gateway/testing/api-stage.ts'
import { endpointCertificateNames, loopbackCertificateNames } from '#core/net/certificate-names.ts'
import { createGateway } from '#gateway/gateway.ts'
import { type Authority, openAuthority } from '#io/tls/authority.ts'
import { fakePorts } from '#kit/testing/fake-ports.ts'
import { type ListenerOptions, type Listeners, openListeners } from './listeners.ts'

const API = 'abcdef1234.execute-api.eu-central-1.amazonaws.com'
const hasCurl = spawnSync('curl', ['--version']).status === 0

let folder: string
let authority: Authority
let ca: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'postern-tls-'))
  authority = openAuthority(folder)
  ca = (await authority.certificate()).pem
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const opened: Listeners[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map((listeners) => listeners.stop()))
})

/** The port of an endpoint in front of a function that echoes its event. */
async function openPort(options: ListenerOptions = {}): Promise<number> {
  const gateway = createGateway(
    fakePorts({
      functions: {
        async invoke({ payload }) {
          const answer = JSON.stringify({ statusCode: 200, body: Buffer.from(payload).toString() })
          return { kind: 'answered', requestId: 'r', payload: Buffer.from(answer), executedVersion: '$LATEST' }
        },
      },
    }),
  )
  gateway.publishStage(apiStage({ snapshot: { methods: [lambdaMethod('ANY', '/entities')] } }))
  const listeners = openListeners(gateway, {
    certificate: ({ region }) => authority.for([...endpointCertificateNames(region), ...loopbackCertificateNames(region)]),
    ...options,
  })
  opened.push(listeners)
  return listeners.open(entranceTo())
}

/** What the function got, by HTTPS; `agent` says how the connection is made. */
function fetchFrom(port: number, tls: AgentOptions & ConnectionOptions = {}, headers: Record<string, string> = { Host: API }) {
  return new Promise<{ status: number; event: Record<string, unknown>; protocol: string | null }>((resolve, reject) => {
    const agent = new HttpsAgent({ ca, ...tls })
    sendHttps({ host: '127.0.0.1', port, path: '/dev/entities', headers, agent }, (response) => {
      let body = ''
      const { socket } = response
      const protocol = 'getProtocol' in socket && typeof socket.getProtocol === 'function' ? socket.getProtocol() : null
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text
      })
      response.on('end', () => {
        agent.destroy()
        resolve({ status: response.statusCode ?? 0, event: JSON.parse(body), protocol })
      })
    })
      .on('error', reject)
      .end()
  })
}

/** The error that a handshake ends with, or the subject of the certificate that it is content with. */
function handshake(port: number, options: ConnectionOptions): Promise<string> {
  return new Promise((resolve) => {
    const socket = connectTls({ host: '127.0.0.1', port, ca, ...options }, () => {
      resolve(String(socket.getPeerCertificate().subject.CN))
      socket.destroy()
    })
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
  })
}

describe('the port of an endpoint speaks TLS', () => {
  it('with a certificate that clients verify, by the name they ask for', async () => {
    const port = await openPort()
    const subject = '*.execute-api.eu-central-1.amazonaws.com'
    const names = [
      API,
      'abcdef1234-vpce-0aaaaaaaaaaaaaaaa.execute-api.eu-central-1.amazonaws.com',
      'vpce-0aaaaaaaaaaaaaaaa-abcdefgh.execute-api.eu-central-1.vpce.amazonaws.com',
      'abcdef1234.execute-api.eu-central-1.localhost',
      'localhost',
    ]
    for (const servername of names) expect([servername, await handshake(port, { servername })]).toEqual([servername, subject])
    // An address is no name to ask for: no client sends one.
    expect(await handshake(port, {})).toBe(subject)
  })

  it.each([
    ['execute-api.eu-central-1.amazonaws.com'],
    ['abcdef1234.execute-api.us-east-1.amazonaws.com'],
    ['my-load-balancer.example.com'],
  ])('and shows %s the wildcard of its region, which the client refuses', async (servername) => {
    const port = await openPort()
    expect(await handshake(port, { servername })).toBe('ERR_TLS_CERT_ALTNAME_INVALID')
    expect(await handshake(port, { servername, rejectUnauthorized: false })).toBe('*.execute-api.eu-central-1.amazonaws.com')
  })

  it('to nobody who does not trust the authority', async () => {
    expect(await handshake(await openPort(), { servername: API, ca: [] })).toMatch(/SELF_SIGNED|UNABLE_TO/)
  })

  it.each([
    ['TLSv1.3', 'TLSv1.3'],
    ['TLSv1.2', 'TLSv1.2'],
  ] as const)('in version %s, which the handler is told', async (version, told) => {
    const { status, event, protocol } = await fetchFrom(await openPort(), { servername: API, maxVersion: version })
    expect([status, protocol]).toEqual([200, version])
    expect(event).toMatchObject({
      headers: { 'x-amzn-tls-version': told, 'x-amzn-cipher-suite': expect.stringMatching(/^(TLS|ECDHE)/) },
      requestContext: { identity: { vpceId: 'vpce-0aaaaaaaaaaaaaaaa', sourceIp: '127.0.0.1' } },
    })
  })

  it.each(['TLSv1', 'TLSv1.1'] as const)('and not in version %s', async (version) => {
    const refused = await handshake(await openPort(), {
      servername: API,
      minVersion: version,
      maxVersion: version,
      // OpenSSL's own refusal to use such a version must not be mistaken for the server's.
      ciphers: 'DEFAULT@SECLEVEL=0',
    })
    expect(refused).toBe('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION')
  })

  it('and agrees to HTTP/1.1, whatever else a client could speak', async () => {
    const port = await openPort()
    const agreed = (ALPNProtocols?: string[]) =>
      new Promise<unknown>((resolve, reject) => {
        const socket = connectTls(
          { host: '127.0.0.1', port, ca, servername: API, ...(ALPNProtocols && { ALPNProtocols }) },
          () => {
            resolve(socket.alpnProtocol)
            socket.destroy()
          },
        ).on('error', reject)
      })
    expect(await agreed(['h2', 'http/1.1'])).toBe('http/1.1')
    expect(await agreed()).toBe(false)
  })

  it('and keeps connections, as it does those of HTTP', async () => {
    const port = await openPort()
    const agent = new HttpsAgent({ ca, servername: API, keepAlive: true, maxSockets: 1 })
    const ask = () =>
      new Promise<boolean>((resolve, reject) => {
        const sent = sendHttps({ host: '127.0.0.1', port, path: '/dev/entities', headers: { Host: API }, agent }, (response) =>
          response.resume().on('end', () => resolve(sent.reusedSocket)),
        )
        sent.on('error', reject).end()
      })
    expect([await ask(), await ask(), await ask()]).toEqual([false, true, true])
    agent.destroy()
  })

  // Skipped where there is no curl.
  it.skipIf(!hasCurl).each([
    ['the name of the API', ['--connect-to', '::127.0.0.1:PORT', `https://${API}/dev/entities`]],
    ['the address', ['-H', 'x-apigw-api-id: abcdef1234', 'https://127.0.0.1:PORT/dev/entities']],
    ['localhost', ['-H', 'x-apigw-api-id: abcdef1234', 'https://localhost:PORT/dev/entities']],
    ["the API's name below localhost", ['https://abcdef1234.execute-api.eu-central-1.localhost:PORT/dev/entities']],
    ['plain HTTP', ['-H', 'x-apigw-api-id: abcdef1234', 'http://127.0.0.1:PORT/dev/entities']],
  ])('to curl, by %s', async (_, args) => {
    const port = await openPort()
    const { path } = await authority.certificate()
    const { status, said } = await curl([
      '--cacert',
      path,
      '-w',
      '%{http_code}',
      ...args.map((arg) => arg.replace('PORT', `${port}`)),
    ])
    expect([status, said.slice(-3)]).toEqual([0, '200'])
  })

  it.skipIf(!hasCurl)('to curl, which refuses the apex', async () => {
    const port = await openPort()
    const { path } = await authority.certificate()
    const apex = 'https://execute-api.eu-central-1.amazonaws.com/dev/entities'
    const form = ['--connect-to', `::127.0.0.1:${port}`, '-H', 'x-apigw-api-id: abcdef1234', '-w', '%{http_code}', apex]
    expect(await curl(['--cacert', path, ...form])).toMatchObject({ status: 60 })
    expect((await curl(['-k', ...form])).said.slice(-3)).toBe('200')
  })
})

async function curl(args: readonly string[]): Promise<{ status: number; said: string }> {
  const { execFile } = await import('node:child_process')
  return new Promise((resolve) =>
    execFile('curl', ['-sS', ...args], (error, stdout, stderr) =>
      resolve({ status: typeof error?.code === 'number' ? error.code : 0, said: error ? stderr : stdout }),
    ),
  )
}

describe('what is no request', () => {
  /** Sends bytes and answers when the server has ended the connection. */
  const send = (port: number, bytes?: Buffer | string) =>
    new Promise<void>((resolve) => {
      const socket: Socket = connectTcp(port, '127.0.0.1', () => {
        if (bytes !== undefined) socket.write(bytes)
      })
      socket.on('error', () => {}).on('close', () => resolve())
      socket.resume()
    })

  it('and says nothing is ended after a while', async () => {
    await send(await openPort({ tls: { silenceMs: 20 } }))
  })

  it('because the client does not like the certificate, or leaves after the handshake, is over at once', async () => {
    const port = await openPort({ graceMs: 600_000, tls: { handshakeMs: 600_000, silenceMs: 600_000 } })
    expect(await handshake(port, { servername: API, ca: [] })).not.toMatch(/amazonaws/)
    expect(await handshake(port, { servername: 'other.example.com' })).not.toMatch(/amazonaws/)
    expect(await handshake(port, { servername: API })).toMatch(/amazonaws/)
    await Promise.all(opened.splice(0).map((listeners) => listeners.stop()))
  })

  it('and begins a handshake without going on is ended after a while, even if it dribbles', async () => {
    const port = await openPort({ tls: { handshakeMs: 50 } })
    await send(port, Buffer.from([0x16]))
    await send(port, Buffer.from([0x16, 3, 1, 2, 0, 1]))
    await new Promise<void>((resolve) => {
      const socket = connectTcp(port, '127.0.0.1')
      socket.write(Buffer.from([0x16, 3, 1, 2, 0]))
      const dribble = setInterval(() => socket.write(Buffer.from([1])), 5)
      socket.on('error', () => {})
      socket.on('close', () => {
        clearInterval(dribble)
        resolve()
      })
    })
  })

  it('does not keep the port open, while what runs comes to its end', async () => {
    const port = await openPort({ graceMs: 600_000 })
    const silent = send(port)
    expect((await fetchFrom(port, { servername: API, keepAlive: true })).status).toBe(200)
    await Promise.all(opened.splice(0).map((listeners) => listeners.stop()))
    await silent
  })

  it('is ended when the port must close', async () => {
    const port = await openPort({ graceMs: 20 })
    const stuck = send(port, Buffer.from([0x16, 3]))
    expect((await fetchFrom(port, { servername: API })).status).toBe(200)
    await Promise.all(opened.splice(0).map((listeners) => listeners.stop()))
    await stuck
  })

  it('ends when no certificate can be had, which is asked for again', async () => {
    const faults: unknown[] = []
    let full = true
    const port = await openPort({
      onFault: (error) => faults.push(error),
      certificate: async () => {
        if (full) throw new Error('no space left on device')
        return authority.for(endpointCertificateNames('eu-central-1'))
      },
    })
    expect(await handshake(port, { servername: API })).toBe('ECONNRESET')
    expect(faults).toEqual([new Error('no space left on device')])
    full = false
    expect(await handshake(port, { servername: API })).toBe('*.execute-api.eu-central-1.amazonaws.com')
  })

  it('2,400 times neither harms nor stays', async () => {
    const port = await openPort({ tls: { silenceMs: 300, handshakeMs: 300 } })
    const hello = await clientHello()
    expect((await fetchFrom(port, { servername: API })).status).toBe(200)
    const before = openDescriptors()
    const kinds: ((index: number) => Promise<unknown>)[] = [
      // Any bytes, which are HTTP that nobody can read, or a handshake.
      (index) => hostile(port, chance(index, 64 + (index % 2_000))),
      (index) => hostile(port, Buffer.concat([Buffer.from([0x16, 3, 1]), chance(index, 400)])),
      // Half a handshake, and then nothing; half of one, and then the end.
      (index) => hostile(port, hello.subarray(0, 1 + (index % hello.length))),
      (index) => hostile(port, hello.subarray(0, 1 + (index % hello.length)), 'leave'),
      // A whole one with a byte of it changed.
      (index) => {
        const changed = Buffer.from(hello)
        changed[5 + (index % (hello.length - 5))] = index % 256
        return hostile(port, changed)
      },
      // The hello, and then not what has to follow.
      (index) => hostile(port, Buffer.concat([hello, chance(index, 300)])),
      () => hostile(port, Buffer.concat([hello, hello, hello])),
      () => hostile(port, hello, 'reset'),
      // A record that says it is as long as can be.
      () => hostile(port, Buffer.from([0x16, 3, 1, 0xff, 0xff, 1, 0, 0xff, 0xff]), 'leave'),
      // Names that no certificate has, each another.
      (index) =>
        handshake(port, { servername: `${'x'.repeat(1 + (index % 60))}.${index}.example.com`, rejectUnauthorized: false }),
      () => handshake(port, { servername: API, maxVersion: 'TLSv1.1', minVersion: 'TLSv1' }),
      () => hostile(port, Buffer.alloc(0), 'leave'),
    ]
    for (let round = 0; round < 2_400; round += 200) {
      await Promise.all(Array.from({ length: 200 }, (_, index) => kinds[(round + index) % kinds.length]?.(round + index)))
    }
    expect((await fetchFrom(port, { servername: API })).status).toBe(200)
    while (openDescriptors() > before) await new Promise((resolve) => setTimeout(resolve, 20))
    await Promise.all(opened.splice(0).map((listeners) => listeners.stop()))
  })

  /** The same bytes in every run. */
  const chance = (seed: number, length: number) => createHash('shake256', { outputLength: length }).update(`${seed}`).digest()

  /** Resolves when the connection is over, whoever ended it. */
  function hostile(port: number, bytes: Buffer, then: 'wait' | 'leave' | 'reset' = 'wait'): Promise<void> {
    return new Promise((resolve) => {
      const socket = connectTcp(port, '127.0.0.1', () => {
        socket.write(bytes, () => {
          if (then === 'leave') socket.end()
          if (then === 'reset') socket.resetAndDestroy()
        })
      })
      socket.on('error', () => {}).on('close', () => resolve())
      socket.resume()
    })
  }

  /** What a client sends first. */
  async function clientHello(): Promise<Buffer> {
    const { createServer } = await import('node:net')
    return new Promise((resolve) => {
      const server = createServer((socket) => {
        socket.once('data', (chunk) => {
          resolve(chunk)
          socket.destroy()
          server.close()
        })
      }).listen(0, '127.0.0.1', () => {
        const address = server.address()
        if (address === null || typeof address === 'string') throw new Error('a server without a port')
        connectTls({ port: address.port, host: '127.0.0.1', servername: API }).on('error', () => {})
      })
    })
  }

  /** Zero where the system does not show them: then only the answers are looked at. */
  function openDescriptors(): number {
    return process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0
  }
})
