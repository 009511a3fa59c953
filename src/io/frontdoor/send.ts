import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Answer } from './exchange.ts'

/** Writes the answer. Rejects where a streamed body fails; the connection is then broken, so that the client sees it too. */
export async function send(message: IncomingMessage, response: ServerResponse, answer: Answer): Promise<void> {
  const { status, body } = answer
  const headers: Record<string, string> = { ...answer.headers }
  const isWhole = typeof body === 'string' || body instanceof Uint8Array
  const hasBody = message.method !== 'HEAD' && status !== 204 && status !== 304
  if (isWhole && hasBody) headers['content-length'] = String(typeof body === 'string' ? Buffer.byteLength(body) : body.length)
  if (!hasBody && message.method !== 'HEAD') delete headers['content-length']
  if (!message.complete) {
    // The body was refused unread: nothing else can be read from this connection.
    headers['connection'] = 'close'
    message.resume()
  }
  response.writeHead(status, headers)
  if (!hasBody) response.end()
  else if (isWhole) response.end(body)
  else await pipeline(Readable.from(body), response)
}
