import type { IncomingMessage, ServerResponse } from 'node:http'
import { TLSSocket } from 'node:tls'
import { LIMITS } from '#core/gateway/checks/check-size.ts'
import type { GatewayAnswer, GatewayRequest } from '#core/gateway/request.ts'
import type { Gateway } from '#gateway/gateway.ts'
import { clientAddressOf } from './client-address.ts'
import { hasBody, NO_BODY, readBody } from './read-body.ts'

/**
 * Answers one HTTP request through the gateway; `endpointId` is the VPC endpoint whose port it came to. Never rejects: an answer that
 * cannot be sent ends its connection, and `onFault` hears of it.
 */
export async function serve(
  gateway: Gateway,
  request: IncomingMessage,
  response: ServerResponse,
  endpointId?: string,
  onFault?: (error: unknown) => void,
): Promise<void> {
  try {
    const body = hasBody(request) ? await readBody(request, LIMITS.body) : NO_BODY
    if (body.kind === 'aborted') return
    const answer = await gateway.handle(rawRequest(request, body), endpointId)
    if (!response.destroyed) send(response, answer, request.complete)
  } catch (error) {
    onFault?.(error)
    response.destroy()
  }
}

function rawRequest(
  request: IncomingMessage,
  body: { kind: 'whole'; bytes: Uint8Array } | { kind: 'too-large' },
): GatewayRequest {
  const { socket } = request
  const tls =
    socket instanceof TLSSocket ? { version: socket.getProtocol() ?? '', cipher: socket.getCipher().standardName } : undefined
  return {
    method: request.method ?? 'GET',
    target: request.url ?? '/',
    rawHeaders: request.rawHeaders,
    body: body.kind === 'whole' ? body.bytes : new Uint8Array(),
    bodyTooLarge: body.kind === 'too-large',
    clientAddress: clientAddressOf(socket),
    protocol: `HTTP/${request.httpVersion}`,
    ...(tls && { tls }),
  }
}

/** Sends the headers in AWS's order: `Date`, `Content-Type`, `Content-Length`, `Connection`, then the rest. */
function send(response: ServerResponse, { status, rawHeaders, body }: GatewayAnswer, complete: boolean): void {
  // A request that was not read to its end leaves the connection unusable.
  const keepAlive = complete && response.shouldKeepAlive
  const length = status === 204 || status === 304 ? [] : ['Content-Length', String(Buffer.byteLength(body))]
  const headers = [
    'Date',
    httpDate(),
    ...rawHeaders.slice(0, 2),
    ...length,
    'Connection',
    keepAlive ? 'keep-alive' : 'close',
    ...rawHeaders.slice(2),
  ]
  response.writeHead(status, headers).end(body)
}

let dateText = ''
let dateSecond = 0

/** Made once a second: it is on every answer. */
function httpDate(): string {
  const now = Date.now()
  const second = Math.floor(now / 1000)
  if (second !== dateSecond) {
    dateSecond = second
    dateText = new Date(now).toUTCString()
  }
  return dateText
}
