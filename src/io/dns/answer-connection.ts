import type { Socket } from 'node:net'
import { framesOf } from './frames.ts'

/** Clients that are done close within a second or two; RFC 7766 asks for no more than seconds. */
const IDLE_MS = 10_000
/** What a client may leave unread before it is answered no more. */
const MAX_UNREAD = 256 * 1024

/** Queries are answered in the order in which they come, however many are sent before the first answer is read. */
export function answerConnection(
  socket: Socket,
  respond: (packet: Uint8Array) => Uint8Array | undefined,
  idleMs: number = IDLE_MS,
): void {
  // Counted from the last answer, so that neither a byte now and then keeps it open nor questions whose answers are not read.
  const idle = setTimeout(() => socket.destroy(), idleMs)
  const frames = framesOf()
  const waiting: Buffer[] = []
  const answerWaiting = () => {
    while (!socket.destroyed && socket.writableLength <= MAX_UNREAD) {
      const packet = waiting.shift()
      if (!packet) return socket.resume()
      const response = respond(packet)
      if (!response) continue
      idle.refresh()
      socket.write(Buffer.concat([Buffer.from([response.length >> 8, response.length & 255]), response]))
    }
    return socket.pause()
  }
  socket.on('data', (chunk: Buffer) => {
    waiting.push(...frames(chunk))
    answerWaiting()
  })
  socket.on('drain', answerWaiting)
  // A connection that breaks is closed, and there is nobody to tell.
  socket.on('error', () => socket.destroy())
  socket.once('close', () => clearTimeout(idle))
}
