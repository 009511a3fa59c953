import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Delivery, RuntimeEvents } from './runtime-process.ts'

const PREFIX = '/2018-06-01/runtime/'
/** Lambda's limit for an answer, in bytes. */
export const LARGEST_ANSWER = 6_291_556

/** The Lambda Runtime API of one environment, over HTTP on a loopback port of its own. */
export interface RuntimeApi {
  /** `host:port`, for `AWS_LAMBDA_RUNTIME_API`. */
  readonly address: string
  deliver(delivery: Delivery): void
  close(): void
}

/** Opens it. The runtime's first `next` is what makes it ready; `events` hears what it posts. */
export async function openRuntimeApi(events: () => RuntimeEvents | undefined): Promise<RuntimeApi> {
  let waiting: ServerResponse | undefined
  let running: string | undefined
  /** Handed over before the runtime came back for it. */
  let undelivered: Delivery | undefined
  let ready = false

  const hand = () => {
    if (!waiting || !undelivered) return
    running = undelivered.id
    waiting.writeHead(200, headersOf(undelivered)).end(undelivered.payload)
    waiting = undefined
    undelivered = undefined
  }
  const next = (_body: Uint8Array, response: ServerResponse) => {
    if (running || waiting) return refuse(response, 403, 'InvalidStateTransition', 'State transition is not allowed')
    waiting = response
    if (!ready) {
      ready = true
      events()?.ready()
    }
    hand()
  }
  const finish = (id: string, failed: boolean) => (body: Uint8Array, response: ServerResponse) => {
    if (id !== running) return refuse(response, 400, 'InvalidRequestID', 'Invalid request ID')
    const tooLarge = body.length > LARGEST_ANSWER
    running = undefined
    events()?.answered({ id, payload: tooLarge ? responseTooLarge() : body, failed: failed || tooLarge, last: false })
    if (tooLarge) return refuse(response, 413, 'RequestEntityTooLarge', TOO_LARGE)
    accept(response)
  }
  const initError = (body: Uint8Array, response: ServerResponse) => {
    if (ready) return refuse(response, 403, 'InvalidStateTransition', 'State transition is not allowed')
    events()?.initFailed(body)
    accept(response)
  }

  const server = createServer((request, response) => {
    const route = routeOf(request, { next, initError, finish })
    if (!route) {
      request.resume()
      return refuse(response, 404, 'NotFound', `no such path: ${request.method} ${request.url}`)
    }
    void readBody(request).then((body) => route(body, response))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    deliver(delivery) {
      undelivered = delivery
      hand()
    },
    close: () => closeNow(server),
  }
}

/** For environments whose runtime does not use HTTP: the invocations are taken, and whoever asks for one is told so. */
export async function openClosedRuntimeApi(): Promise<RuntimeApi> {
  const server = createServer((request, response) => {
    request.resume()
    refuse(response, 403, 'InvalidStateTransition', "the function's own runtime takes its invocations")
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    deliver() {},
    close: () => closeNow(server),
  }
}

type Route = (body: Uint8Array, response: ServerResponse) => void

function routeOf(
  { method, url = '' }: IncomingMessage,
  routes: { next: Route; initError: Route; finish: (id: string, failed: boolean) => Route },
): Route | undefined {
  if (!url.startsWith(PREFIX)) return undefined
  const path = url.slice(PREFIX.length)
  if (method === 'GET') return path === 'invocation/next' ? routes.next : undefined
  if (method !== 'POST') return undefined
  if (path === 'init/error') return routes.initError
  const [, id, what] = /^invocation\/([^/]+)\/(response|error)$/.exec(path) ?? []
  return id ? routes.finish(decodeURIComponent(id), what === 'error') : undefined
}

/** At most a little more than an answer may have: what is beyond is read and dropped. */
async function readBody(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    if (size <= LARGEST_ANSWER) chunks.push(chunk)
    size += chunk.length
  }
  return Buffer.concat(chunks)
}

function headersOf({ id, deadline, invokedArn, traceId, clientContext }: Delivery): Record<string, string> {
  return {
    'Content-Type': 'application/json',
    'Lambda-Runtime-Aws-Request-Id': id,
    'Lambda-Runtime-Deadline-Ms': String(deadline),
    'Lambda-Runtime-Invoked-Function-Arn': invokedArn,
    ...(traceId && { 'Lambda-Runtime-Trace-Id': traceId }),
    ...(clientContext && { 'Lambda-Runtime-Client-Context': clientContext }),
  }
}

const TOO_LARGE = `Response payload size exceeded maximum allowed payload size (${LARGEST_ANSWER} bytes).`

function responseTooLarge(): Uint8Array {
  return Buffer.from(JSON.stringify({ errorType: 'Function.ResponseSizeTooLarge', errorMessage: TOO_LARGE }))
}

function accept(response: ServerResponse): void {
  response.writeHead(202, { 'Content-Type': 'application/json' }).end('{"status":"OK"}\n')
}

function refuse(response: ServerResponse, status: number, errorType: string, errorMessage: string): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify({ errorMessage, errorType }))
}

function closeNow(server: Server): void {
  server.closeAllConnections()
  server.close()
}
