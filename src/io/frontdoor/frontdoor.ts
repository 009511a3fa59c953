import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AnyOperation, Caller } from '#kit/operation.ts'
import type { Ports } from '#kit/ports.ts'
import type { ServiceModel } from '#kit/service-model.ts'
import { isChunked, unchunk } from './body/aws-chunked.ts'
import { verifyChecksums } from './body/checksums.ts'
import { readBody } from './body/read-body.ts'
import { callerOf } from './caller.ts'
import { callOf, type Destination, destinationOf, destinationOfForm } from './dispatch.ts'
import type { Answer, Call, Structure, WireRequest } from './exchange.ts'
import { protocols } from './protocols/protocols.ts'
import { internalFailure, notImplemented, refusalFrom } from './refusal.ts'
import { send } from './send.ts'
import { chunkVerifier } from './signature/chunk-verifier.ts'
import { type Authorization, readAuthorization } from './signature/credential.ts'
import { refusalOf } from './signature/refusals.ts'
import { verifySignature } from './signature/verify.ts'
import { validate } from './validation/validate.ts'

export interface FrontdoorOptions {
  /** Implemented operations by `service.Operation`; loaded when first called. */
  readonly operations: Readonly<Record<string, () => Promise<{ default: AnyOperation }>>>
  readonly ports: Ports
  /** Whether signatures must be right; who signed is read from them in any case. */
  readonly verifySignatures?: boolean
  /** The secret of every access key that Postern did not give out. */
  readonly secretAccessKey?: string
  /** Where faults are reported; callers see their request id alone. */
  readonly log: (message: string, fault: { readonly requestId: string; readonly error: unknown }) => void
}

/** Answers AWS API calls of every service: signature, protocol, operation, and back. */
export function createFrontdoor(options: FrontdoorOptions): (message: IncomingMessage, response: ServerResponse) => void {
  return (message, response) => {
    const exchange = openExchange(message, options)
    answerTo(exchange, message, options)
      .then((answer) => send(message, response, answer))
      .catch((error: unknown) => {
        if (!wentAway(message, error)) options.log('the answer could not be sent', { requestId: exchange.requestId, error })
        response.destroy()
      })
  }
}

/** A client that closes the connection is no fault of ours, and nobody is left to be answered. */
function wentAway(message: IncomingMessage, error: unknown): boolean {
  return message.errored === error || (error as { code?: unknown } | null)?.code === 'ERR_STREAM_PREMATURE_CLOSE'
}

/** What is known of a request before its body is read, and what errors are rendered with; `service` follows later. */
interface Exchange {
  readonly head: Omit<WireRequest, 'body'>
  readonly authorization: Authorization
  destination: Destination
  readonly requestId: string
  service?: ServiceModel
}

function openExchange(message: IncomingMessage, { ports }: FrontdoorOptions): Exchange {
  const head = headOf(message)
  const authorization = readAuthorization(head)
  const destination = destinationOf(head, authorization)
  const requestId = wordsOf(destination) === 'rest-xml' ? ports.ids.alphanumeric(16).toUpperCase() : ports.ids.uuid()
  return { head, authorization, destination, requestId }
}

function headOf(message: IncomingMessage): Omit<WireRequest, 'body'> {
  const [path = '/', ...query] = (message.url ?? '/').split('?')
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value
  }
  return { method: message.method ?? 'GET', path, query: [...new URLSearchParams(query.join('?'))], headers }
}

async function answerTo(exchange: Exchange, message: IncomingMessage, options: FrontdoorOptions): Promise<Answer> {
  try {
    return await serve(exchange, message, options)
  } catch (error) {
    const protocol = protocols[exchange.destination.protocol]
    const refusal = refusalFrom(error, exchange.service, protocol)
    if (!refusal) {
      if (wentAway(message, error)) throw error
      options.log('an operation failed', { requestId: exchange.requestId, error })
    }
    return protocol.refuse(refusal ?? internalFailure(exchange.service), exchange.service, exchange.requestId)
  }
}

async function serve(exchange: Exchange, message: IncomingMessage, options: FrontdoorOptions): Promise<Answer> {
  const { head, authorization } = exchange
  const received = { ...head, body: await readBody(message, exchange.destination.entry?.service) }
  exchange.destination = destinationOfForm(received, exchange.destination)
  const { entry, said, protocol } = exchange.destination
  const request = authenticated(received, authorization, wordsOf(exchange.destination), options)
  if (!entry) throw notImplemented(said)
  const service = (await entry.load()).table
  exchange.service = service
  const call = callOf(request, protocol, service)
  const load = options.operations[`${service.service}.${call.name}`]
  if (!load || !call.shape.wanted) throw notImplemented(service.service, call.name)
  const input = inputOf(request, call, protocol)
  const output = await run((await load()).default, input, callerFor(exchange, message, options), options.ports)
  return protocols[protocol].write(output, call, exchange.requestId)
}

/** Whose words it is refused in before it reaches its service: of those with XML bodies only S3 has its own. */
function wordsOf({ entry, protocol }: Destination): Destination['protocol'] {
  return protocol === 'rest-xml' && entry && entry.service !== 's3' ? 'query' : protocol
}

/** The request as it was meant: signed by whom it says, if that is checked, and with its chunks joined. */
function authenticated(
  request: WireRequest,
  authorization: Authorization,
  style: Destination['protocol'],
  { ports, verifySignatures, secretAccessKey = 'test' }: FrontdoorOptions,
): WireRequest {
  const issued = authorization.kind === 'signed' ? ports.credentials.find(authorization.credential.accessKeyId) : undefined
  if (issued?.expires !== undefined && issued.expires < ports.clock.now()) throw refusalOf({ kind: 'expired session' }, style)
  if (!verifySignatures) {
    if (authorization.kind === 'incomplete') throw refusalOf(authorization, style)
    return isChunked(request) ? unchunk(request) : request
  }
  const secrets = { credentials: ports.credentials, secretAccessKey }
  const signer = verifySignature(request, authorization, secrets, ports.clock.now(), style)
  return isChunked(request) ? unchunk(request, chunkVerifier(request, signer.credential, signer.secretAccessKey)) : request
}

function inputOf(request: WireRequest, call: Call, protocol: Destination['protocol']): Structure {
  verifyChecksums(request, call)
  const input = protocols[protocol].parse(request, call)
  validate(input, call)
  return input
}

function callerFor({ head, authorization, requestId }: Exchange, message: IncomingMessage, { ports }: FrontdoorOptions): Caller {
  const credential = authorization.kind === 'signed' ? authorization.credential : undefined
  const scheme = 'encrypted' in message.socket && message.socket.encrypted ? 'https' : 'http'
  return callerOf(credential, head, { requestId, scheme, credentials: ports.credentials, endpoint: ports.addresses.endpoint })
}

/** What an operation wrote is durable before anybody hears that it succeeded. */
async function run(operation: AnyOperation, input: Structure, caller: Caller, ports: Ports): Promise<Structure> {
  const output = await operation.run(input as never, caller, ports)
  await ports.records.flush()
  return (output ?? {}) as Structure
}
