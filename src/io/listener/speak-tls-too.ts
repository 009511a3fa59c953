import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { createServer, type Server as TlsServer } from 'node:tls'
import { ALPN_PROTOCOLS, HANDSHAKE_WITHIN_MS, OLDEST_TLS } from './handshake-rules.ts'

/** What a server shows to its clients: PEM, under the names that `node:tls` has for them. */
export interface KeyAndCertificate {
  readonly key: string
  readonly cert: string
}

export interface TlsOptions {
  /** How long a connection may say nothing at all. A client that opens it before it has a request is no attacker. */
  readonly silenceMs?: number
  /** How long a handshake may take from its first byte, however busily it goes on. */
  readonly handshakeMs?: number
  /** Hears why no certificate could be had. */
  readonly onFault?: ((error: unknown) => void) | undefined
}

/** The type of a TLS record that begins a handshake; no HTTP request begins with it. https://datatracker.ietf.org/doc/html/rfc8446#section-5.1 */
const HANDSHAKE = 0x16

/** The connections of a server that it does not know of itself, since they are not HTTP yet. */
export interface Undecided {
  /** Ends those that have said nothing. */
  endSilent(): void
  /** Ends all that go on over TLS too, whether their handshake is over or not. */
  endAll(): void
}

/**
 * Makes an HTTP server speak HTTPS as well, on the same port: the first byte of a connection decides. The certificate is asked for when
 * the first client wants it, and is shown whatever name a client asks for, as API Gateway does: that it is the wrong one is for the
 * client to say.
 */
export function speakTlsToo(server: Server, certificate: () => Promise<KeyAndCertificate>, options: TlsOptions = {}): Undecided {
  const { silenceMs = 60_000, handshakeMs = HANDSHAKE_WITHIN_MS, onFault } = options
  // Node's own listeners, which make a connection one of HTTP, whatever it came over.
  const speakHttp = server.listeners('connection') as ((socket: Socket) => void)[]
  const serve = (socket: Socket) => {
    for (const speak of speakHttp) speak.call(server, socket)
  }
  const silent = new Set<Socket>()
  const encrypted = new Set<Socket>()
  let tlsServer: Promise<TlsServer> | undefined

  const encrypt = async (socket: Socket) => {
    encrypted.add(socket)
    // Who goes in the middle of a handshake is gone; an HTTP server would go on and answer.
    socket.allowHalfOpen = false
    socket.on('close', () => encrypted.delete(socket))
    tlsServer ??= certificate().then((shown) => tlsServerOf(shown, handshakeMs, serve))
    try {
      const tls = await tlsServer
      if (!socket.destroyed) tls.emit('connection', socket)
    } catch (error) {
      // The next client has it asked for again.
      tlsServer = undefined
      onFault?.(error)
      socket.destroy()
    }
  }

  server.removeAllListeners('connection')
  server.on('connection', (socket: Socket) => {
    const end = () => socket.destroy()
    const forget = () => {
      clearTimeout(silence)
      silent.delete(socket)
    }
    const decide = () => {
      const chunk: Buffer | null = socket.read()
      // Readable without anything to read: the client has left.
      if (chunk === null) {
        end()
        return
      }
      forget()
      socket.off('close', forget).unshift(chunk)
      if (chunk[0] === HANDSHAKE) {
        void encrypt(socket)
        return
      }
      socket.off('error', end)
      serve(socket)
    }
    silent.add(socket)
    const silence = setTimeout(end, silenceMs).unref()
    socket.on('close', forget).on('error', end).once('readable', decide)
  })
  return {
    endSilent: () => endEach(silent),
    endAll() {
      endEach(silent)
      endEach(encrypted)
    },
  }
}

function endEach(sockets: Iterable<Socket>): void {
  for (const socket of sockets) socket.destroy()
}

function tlsServerOf(shown: KeyAndCertificate, handshakeTimeout: number, serve: (socket: Socket) => void): TlsServer {
  return (
    createServer({
      ...shown,
      handshakeTimeout,
      minVersion: OLDEST_TLS,
      ALPNProtocols: ALPN_PROTOCOLS,
    })
      .on('secureConnection', serve)
      // What is no handshake, is too old, or does not come to an end.
      .on('tlsClientError', (_, socket) => socket.destroy())
  )
}
