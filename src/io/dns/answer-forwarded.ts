import type { Socket } from 'node:net'
import { type Answer, answerQuery, failure } from '#core/dns/answer-query.ts'
import { answerConnection } from './answer-connection.ts'

/** What was forwarded from somewhere: a connection as it came, or a datagram as all there is until the stream's end. */
export interface ForwardedQuery {
  readonly stream: Socket
  readonly protocol: 'tcp' | 'udp'
}

const LARGEST_DATAGRAM = 65_535

/** Answers names where whoever asks cannot reach a port of this machine. `onFault` hears of names that could not be answered. */
export function answerForwarded({ stream, protocol }: ForwardedQuery, answer: Answer, onFault: (error: unknown) => void): void {
  const respond = (packet: Uint8Array) => {
    try {
      return answerQuery(packet, protocol, answer)
    } catch (error) {
      onFault(error)
      return failure(packet, protocol)
    }
  }
  if (protocol === 'tcp') {
    stream.allowHalfOpen = false
    answerConnection(stream, respond)
  } else answerDatagram(stream, respond)
}

function answerDatagram(stream: Socket, respond: (packet: Uint8Array) => Uint8Array | undefined): void {
  const chunks: Buffer[] = []
  let size = 0
  stream.on('error', () => stream.destroy())
  stream.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    size += chunk.length
    if (size > LARGEST_DATAGRAM) stream.destroy()
  })
  // Without an answer, whoever asked waits, as they would for a resolver that says nothing.
  stream.on('end', () => stream.end(respond(Buffer.concat(chunks)) ?? Buffer.alloc(0)))
}
