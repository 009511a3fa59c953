import { chmodSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { type Origin, readProxyHeader } from './proxy-protocol.ts'

/** A connection from inside a namespace, with whom it came from and what it was for. A datagram is one too: all until its end. */
export interface Connection extends Origin {
  readonly stream: Socket
}

/** Takes what the relays forward. */
export interface Connections {
  stop(): Promise<void>
}

/** A relay sends its header at once. */
const HEADER_WITHIN_MS = 10_000

/** Listens on a Unix socket that only its owner may connect to. What does not begin with a header is cut off. */
export function openConnections(path: string, connected: (connection: Connection) => void): Promise<Connections> {
  const sockets = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    // Whoever takes the connection over listens for its errors too; before and after that nobody is there to tell.
    socket.on('error', () => {})
    readOrigin(socket, (origin) => connected({ ...origin, stream: socket }))
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ path, backlog: 4096 }, () => {
      chmodSync(path, 0o600)
      resolve({
        stop: () =>
          new Promise((stopped) => {
            server.close(() => stopped())
            for (const socket of sockets) socket.destroy()
          }),
      })
    })
  })
}

/** Hands the socket over, paused, with everything that followed the header still unread. */
function readOrigin(socket: Socket, found: (origin: Origin) => void): void {
  let read: Buffer = Buffer.alloc(0)
  const tooLate = setTimeout(() => socket.destroy(), HEADER_WITHIN_MS)
  const done = () => {
    clearTimeout(tooLate)
    socket.off('readable', onReadable).off('close', done).off('end', onEnd)
  }
  const onEnd = () => {
    done()
    socket.destroy()
  }
  const onReadable = () => {
    const chunk: Buffer | null = socket.read()
    if (chunk === null) return
    read = Buffer.concat([read, chunk])
    const header = readProxyHeader(read)
    if (header.kind === 'incomplete') return
    done()
    if (header.kind === 'invalid') {
      socket.destroy()
      return
    }
    if (read.length > header.length) socket.unshift(read.subarray(header.length))
    found(header.origin)
  }
  socket.on('readable', onReadable).on('close', done).on('end', onEnd)
}
