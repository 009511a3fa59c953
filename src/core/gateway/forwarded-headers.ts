import { edgeRequestHeaders, edgeSpelling, isThroughEdge } from './edge.ts'
import type { Located, Received } from './exchange.ts'
import { NOT_FORWARDED } from './headers.ts'
import { addTo } from './multi-value.ts'

export interface ForwardedHeaders {
  /** The last value of each name. */
  readonly headers: Readonly<Record<string, string>>
  readonly multiValueHeaders: Readonly<Record<string, readonly string[]>>
}

/** What TLS always agreed on in captures of private requests. A loopback request without TLS stands for one with. */
const PRIVATE_TLS = { version: 'TLSv1.2', cipher: 'ECDHE-RSA-AES128-GCM-SHA256' }

/** Names that the front end sets itself: what a client sends under them is not believed. */
const SET_HERE = new Set([
  'x-amzn-cipher-suite',
  'x-amzn-tls-version',
  'x-amzn-vpc-id',
  'x-amzn-vpce-config',
  'x-amzn-vpce-id',
  'x-forwarded-for',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-amzn-trace-id',
])

/** The request's headers as an integration gets them: without those that concern the connection, with those of the entry point. */
export function forwardedHeaders(exchange: Received & Located): ForwardedHeaders {
  const { request, entrance, traceRoot } = exchange
  const headers: Record<string, string> = {}
  const multiValueHeaders: Record<string, string[]> = {}
  const add = (name: string, value: string) => addTo(headers, multiValueHeaders, name, value)
  const edge = isThroughEdge(exchange)
  let forwardedFor = ''
  for (let index = 0; index < request.rawHeaders.length; index += 2) {
    const name = request.rawHeaders[index] ?? ''
    const value = request.rawHeaders[index + 1] ?? ''
    const lower = name.toLowerCase()
    if (lower === 'x-forwarded-for') forwardedFor += `${value}, `
    if (NOT_FORWARDED.has(lower) || SET_HERE.has(lower)) continue
    add(edge ? edgeSpelling(name) : name, value)
  }
  if (entrance) {
    const tls = request.tls ?? PRIVATE_TLS
    add('x-amzn-cipher-suite', tls.cipher)
    add('x-amzn-tls-version', tls.version)
    add('x-amzn-vpc-id', entrance.entrance.vpcId)
    add('x-amzn-vpce-config', '1')
    add('x-amzn-vpce-id', entrance.entrance.endpointId)
  } else {
    add('X-Amzn-Trace-Id', traceRoot)
  }
  if (edge) for (const [name, value] of edgeRequestHeaders(exchange)) add(name, value)
  add('X-Forwarded-For', forwardedFor + request.clientAddress)
  if (!entrance) {
    add('X-Forwarded-Port', '443')
    add('X-Forwarded-Proto', 'https')
  }
  return { headers, multiValueHeaders }
}
