// The socket between this process and Postern: file descriptor 3, both ways. Frames are described in `src/io/runtime/frames.ts`.
import { Socket } from 'node:net'

export const START = 1
export const INVOKE = 2
export const READY = 3
export const RESULT = 4
export const ERROR = 5
export const INIT_ERROR = 6
export const LOG = 7

const PREFIX = 9

const socket = new Socket({ fd: 3, readable: true, writable: true })

/** Calls `receive(kind, header, body)` for every frame. Ends this process when Postern is gone. */
export function listen(receive) {
  let pending = Buffer.alloc(0)
  socket.on('data', (chunk) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
    while (pending.length >= 4) {
      const end = 4 + pending.readUInt32BE(0)
      if (pending.length < end) {
        // A large event arrives in many chunks: wait without joining them one by one.
        pending = collect(pending, end)
        return
      }
      const bodyAt = PREFIX + pending.readUInt32BE(5)
      const header = JSON.parse(pending.toString('utf8', PREFIX, bodyAt))
      const body = pending.subarray(bodyAt, end)
      const kind = pending[4]
      pending = pending.subarray(end)
      receive(kind, header, body)
    }
  })
  const gone = () => process.exit(0)
  socket.on('end', gone)
  socket.on('error', gone)

  function collect(first, total) {
    const room = Buffer.allocUnsafeSlow(total)
    let filled = first.copy(room)
    const whole = socket.listeners('data')[0]
    const more = (chunk) => {
      const taken = chunk.copy(room, filled)
      filled += taken
      if (filled < total) return
      socket.off('data', more)
      socket.on('data', whole)
      const rest = chunk.subarray(taken)
      whole(rest.length === 0 ? room : Buffer.concat([room, rest]))
    }
    socket.off('data', whole)
    socket.on('data', more)
    return Buffer.alloc(0)
  }
}

/** Sends one frame; `body` is text. Small frames reach the kernel before this returns, so that not even `process.exit` loses them. */
export function send(kind, header, body, sent) {
  const head = JSON.stringify(header)
  const headLength = Buffer.byteLength(head)
  const bodyLength = Buffer.byteLength(body)
  const frame = Buffer.allocUnsafe(PREFIX + headLength + bodyLength)
  frame.writeUInt32BE(frame.length - 4, 0)
  frame[4] = kind
  frame.writeUInt32BE(headLength, 5)
  frame.write(head, PREFIX)
  frame.write(body, PREFIX + headLength)
  socket.write(frame, sent)
}

/** Whether waiting for the next event keeps this process running. It must not while a handler runs, or `beforeExit` would never come. */
export function holdOpen(hold) {
  if (hold) socket.ref()
  else socket.unref()
}
