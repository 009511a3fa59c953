import { createServer, type IncomingMessage, type Server, type ServerOptions, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Entrance } from '#core/gateway/entrance.ts'
import type { Gateway } from '#gateway/gateway.ts'
import { serve } from './serve.ts'
import { type KeyAndCertificate, speakTlsToo, type TlsOptions, type Undecided } from './speak-tls-too.ts'

/** The sockets of the data plane: one loopback port for each VPC endpoint, and the API half of the main port. */
export interface Listeners {
  /** Opens the entrance on the port it had before, or on a free one; answers which. Opening it again changes nothing but its settings. */
  open(entrance: Entrance): Promise<number>
  /** Takes no new connections and lets running requests finish. */
  close(endpointId: string): Promise<void>
  /** Whether the endpoint has an entrance here. */
  has(endpointId: string): boolean
  /** Serves a connection that came to the endpoint's interface in its VPC. */
  connect(endpointId: string, socket: Socket): void
  /** For requests on the main port whose `Host` names an API. */
  handlePublic(request: IncomingMessage, response: ServerResponse): void
  stop(): Promise<void>
}

export interface ListenerOptions {
  readonly host?: string
  /** How long running requests may take when a port closes. */
  readonly graceMs?: number
  /** What the entrance shows to clients that speak TLS. Without it, ports speak plain HTTP only. */
  readonly certificate?: (entrance: Entrance) => Promise<KeyAndCertificate>
  readonly tls?: Omit<TlsOptions, 'onFault'>
  /** Hears that an entrance could not have its port back. */
  readonly onMoved?: (entrance: Entrance, wanted: number, got: number) => void
  /** Hears of an answer that could not be sent, and of a certificate that could not be had. */
  readonly onFault?: (error: unknown) => void
}

/** How a server in front of the gateway is made, the main one too: whatever the gateway has an answer for must reach it. */
export const SERVER_OPTIONS: ServerOptions = {
  // Above every limit of API Gateway: what is too long is answered by the gateway, in its words.
  maxHeaderSize: 64 * 1024,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
  keepAliveTimeout: 310_000,
  requireHostHeader: false,
  noDelay: true,
}

export function openListeners(gateway: Gateway, options: ListenerOptions = {}): Listeners {
  const { host = '127.0.0.1', graceMs = 2_000, onMoved, onFault, certificate } = options
  const servers = new Map<string, { readonly server: Server; readonly port: number; readonly undecided: Undecided | undefined }>()

  const close = async (endpointId: string) => {
    const open = servers.get(endpointId)
    servers.delete(endpointId)
    if (open) await shut(open.server, open.undecided, graceMs)
    // A running request still needs to know where it came from.
    gateway.removeEntrance(endpointId)
  }

  return {
    async open(entrance) {
      gateway.putEntrance(entrance)
      const known = servers.get(entrance.endpointId)
      if (known) return known.port
      const server = entranceServer(gateway, entrance.endpointId, onFault)
      const undecided = certificate && speakTlsToo(server, () => certificate(entrance), { ...options.tls, onFault })
      const port = await listen(server, entrance.port ?? 0, host)
      servers.set(entrance.endpointId, { server, port, undecided })
      if (entrance.port !== undefined && entrance.port !== port) onMoved?.(entrance, entrance.port, port)
      return port
    },
    close,
    has: (endpointId) => servers.has(endpointId),
    connect(endpointId, socket) {
      const open = servers.get(endpointId)
      if (open) open.server.emit('connection', socket)
      else socket.destroy()
    },
    handlePublic: (request, response) => void serve(gateway, request, response, undefined, onFault),
    async stop() {
      await Promise.all([...servers.keys()].map(close))
    },
  }
}

function entranceServer(gateway: Gateway, endpointId: string, onFault: ListenerOptions['onFault']): Server {
  const answer = (request: IncomingMessage, response: ServerResponse) =>
    void serve(gateway, request, response, endpointId, onFault)
  const server = createServer(SERVER_OPTIONS, answer)
  // Any other expectation than `100-continue` is no reason to refuse here; API Gateway drops the header.
  server.on('checkExpectation', answer)
  server.on('clientError', refuseUnreadable)
  return server
}

/** What is not HTTP, or has headers beyond any limit, never becomes a request. */
export function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const [status, message] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? ['431 Request Header Fields Too Large', 'Request Header Fields Too Large']
      : ['400 Bad Request', 'Bad Request']
  const body = JSON.stringify({ message })
  socket.end(
    `HTTP/1.1 ${status}\r\nDate: ${new Date().toUTCString()}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  )
}

/** Listens on the port, or where it is taken on any other. */
function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' && port !== 0) listen(server, 0, host).then(resolve, reject)
      else reject(error)
    })
    server.listen(port, host, () => {
      server.removeAllListeners('error')
      resolve((server.address() as AddressInfo).port)
    })
  })
}

function shut(server: Server, undecided: Undecided | undefined, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => {
      server.closeAllConnections()
      undecided?.endAll()
    }, graceMs)
    server.close(() => {
      clearTimeout(force)
      resolve()
    })
    server.closeIdleConnections()
    undecided?.endSilent()
  })
}
