import type { IncomingMessage } from 'node:http'

export type Body =
  | { readonly kind: 'whole'; readonly bytes: Uint8Array }
  | { readonly kind: 'too-large' }
  /** The client went away before the end. */
  | { readonly kind: 'aborted' }

export const NO_BODY = { kind: 'whole', bytes: new Uint8Array() } as const satisfies Body
const TOO_LARGE: Body = { kind: 'too-large' }
const ABORTED: Body = { kind: 'aborted' }

/**
 * How much is read and thrown away past the limit, so that a client that writes before it reads gets its answer: closing a connection
 * with unread bytes makes the peer forget what it has received.
 */
const PATIENCE = 64 * 1024 * 1024

/** Whether the request announces a body at all. Most do not, and need no waiting. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0'
}

/** Reads a body of at most `limit` bytes; a longer one is never held in memory. */
export function readBody(request: IncomingMessage, limit: number): Promise<Body> {
  return new Promise((resolve) => {
    let chunks: Buffer[] = []
    let length = 0
    request.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length <= limit) chunks.push(chunk)
      else chunks = []
      if (length > limit + PATIENCE) resolve(TOO_LARGE)
    })
    request.on('end', () => {
      const [only] = chunks
      if (length > limit) resolve(TOO_LARGE)
      else resolve({ kind: 'whole', bytes: chunks.length === 1 && only ? only : Buffer.concat(chunks, length) })
    })
    request.on('close', () => resolve(ABORTED))
    request.on('error', () => resolve(ABORTED))
  })
}
