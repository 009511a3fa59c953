import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { createServer, isIPv6, type Server, type Socket as TcpSocket } from 'node:net'
import { type Answer, answerQuery, failure } from '#core/dns/answer-query.ts'
import { answerConnection } from './answer-connection.ts'

/** A resolver on a port of this machine. */
export interface DnsServer {
  /** `127.0.0.1:53`, as tools want it written. */
  readonly address: string
  readonly port: number
  stop(): Promise<void>
}

export interface DnsServerOptions {
  readonly host: string
  /** 0 finds a free one. */
  readonly port: number
  readonly answer: Answer
  /** Hears of names that could not be answered, and of sockets that failed. */
  readonly onFault: (error: unknown) => void
  /** How long a connection may go without a question that is answered. */
  readonly idleMs?: number
  readonly maxConnections?: number
}

const MAX_CONNECTIONS = 256

/** Answers over UDP and TCP on one port. Rejects where the port is taken. */
export async function openDnsServer(options: DnsServerOptions): Promise<DnsServer> {
  const { host, port, answer, onFault } = options
  const respond = (packet: Uint8Array, transport: 'udp' | 'tcp') => {
    try {
      return answerQuery(packet, transport, answer)
    } catch (error) {
      onFault(error)
      return failure(packet, transport)
    }
  }
  const { udp, tcp } = await bound(host, port, () => tcpServer(respond, options))
  udp.on('message', (packet, from) => answerDatagram(udp, packet, from, respond, onFault))
  udp.on('error', onFault)
  tcp.server.on('error', onFault)
  return {
    address: `${isIPv6(host) ? `[${host}]` : host}:${udp.address().port}`,
    port: udp.address().port,
    async stop() {
      await Promise.all([new Promise<void>((resolve) => udp.close(resolve)), closed(tcp.server, tcp.connections)])
    },
  }
}

type Respond = (packet: Uint8Array, transport: 'udp' | 'tcp') => Uint8Array | undefined

function answerDatagram(
  udp: Socket,
  packet: Buffer,
  from: RemoteInfo,
  respond: Respond,
  onFault: (error: unknown) => void,
): void {
  // Nothing can be sent there: whoever writes it wants the sender to fail.
  if (from.port === 0) return
  const response = respond(packet, 'udp')
  if (!response) return
  // Somebody who has gone since is no fault.
  udp.send(response, from.port, from.address, (error) => {
    if (error && (error as NodeJS.ErrnoException).code !== 'ECONNREFUSED') onFault(error)
  })
}

interface Tcp {
  readonly server: Server
  readonly connections: ReadonlySet<TcpSocket>
}

function tcpServer(respond: Respond, { idleMs, maxConnections = MAX_CONNECTIONS }: DnsServerOptions): Tcp {
  const connections = new Set<TcpSocket>()
  const server = createServer({ noDelay: true }, (socket) => {
    connections.add(socket)
    socket.once('close', () => connections.delete(socket))
    answerConnection(socket, (packet) => respond(packet, 'tcp'), idleMs)
  })
  server.maxConnections = maxConnections
  return { server, connections }
}

/** How often a free port is looked for: what is free for TCP may be taken for UDP. */
const ATTEMPTS = 20

async function bound(host: string, port: number, makeTcp: () => Tcp): Promise<{ readonly udp: Socket; readonly tcp: Tcp }> {
  for (let attempt = 1; ; attempt += 1) {
    const tcp = makeTcp()
    await listening(tcp.server, host, port)
    const udp = createSocket(isIPv6(host) ? 'udp6' : 'udp4')
    try {
      await bind(udp, host, portOf(tcp.server))
      return { udp, tcp }
    } catch (error) {
      await closed(tcp.server, tcp.connections)
      if (port !== 0 || attempt === ATTEMPTS || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    }
  }
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

function listening(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function bind(udp: Socket, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    udp.once('error', (error) => {
      udp.close()
      reject(error)
    })
    udp.bind({ port, address: host, exclusive: true }, () => {
      udp.removeAllListeners('error')
      resolve()
    })
  })
}

function closed(server: Server, connections: ReadonlySet<TcpSocket>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    for (const socket of connections) socket.destroy()
  })
}
