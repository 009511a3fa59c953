/**
 * What Postern and its own bootstrap say to each other over a socket pair: the length of the rest (4 bytes, big-endian), the kind
 * (1 byte), the length of the header (4 bytes), the header (JSON), the body. The body is never parsed here: it is somebody's payload.
 * `runtimes/nodejs/channel.mjs` is the other end.
 */
export const FRAME = { start: 1, invoke: 2, ready: 3, result: 4, error: 5, initError: 6, log: 7 } as const

const PREFIX = 9
const NOTHING = new Uint8Array(0)
/** Above every answer that Lambda accepts and every line it logs: whoever announces more is not our bootstrap. */
const LARGEST_FRAME = 8 * 1024 * 1024

export interface Frame {
  readonly kind: number
  readonly header: Readonly<Record<string, unknown>>
  readonly body: Uint8Array
}

export function encodeFrame(kind: number, header: object, body: Uint8Array = NOTHING): Buffer {
  const head = JSON.stringify(header)
  const headLength = Buffer.byteLength(head)
  const frame = Buffer.allocUnsafe(PREFIX + headLength + body.length)
  frame.writeUInt32BE(frame.length - 4, 0)
  frame[4] = kind
  frame.writeUInt32BE(headLength, 5)
  frame.write(head, PREFIX)
  frame.set(body, PREFIX + headLength)
  return frame
}

/** Answers a function to feed chunks to, cut anywhere; `receive` gets each frame once it is whole. Throws on anything that is no frame. */
export function frameReader(receive: (frame: Frame) => void): (chunk: Buffer) => void {
  let waiting: Buffer[] = []
  let size = 0
  return (chunk) => {
    waiting.push(chunk)
    size += chunk.length
    for (;;) {
      const first = waiting[0]
      if (!first || size < PREFIX) return
      const head = first.length >= PREFIX ? first : Buffer.concat(waiting)
      const length = 4 + head.readUInt32BE(0)
      if (length > LARGEST_FRAME + PREFIX) throw new Error(`a frame of ${length} bytes is too large`)
      if (size < length) return
      const all = waiting.length === 1 ? first : Buffer.concat(waiting)
      waiting = all.length === length ? [] : [all.subarray(length)]
      size = all.length - length
      receive(decode(all, length))
    }
  }
}

function decode(frame: Buffer, end: number): Frame {
  const bodyAt = PREFIX + frame.readUInt32BE(5)
  return {
    kind: frame[4] ?? 0,
    header: JSON.parse(frame.toString('utf8', PREFIX, bodyAt)) as Record<string, unknown>,
    body: frame.subarray(bodyAt, end),
  }
}
