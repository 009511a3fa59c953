import type { IncomingMessage, ServerResponse } from 'node:http'
import { AwsError } from '#core/aws/aws-error.ts'
import { type HeldPlace, holdPlace } from './hold-place.ts'
import { fromJson, toJson } from './json-bytes.ts'

/** What the local API serves; `app/` knows where it comes from. */
export interface LocalView {
  /** Everything a person wants to see at once; the shape of `postern list --json`. */
  list(): unknown
  /** The newest traces first. */
  requests(limit: number): readonly unknown[]
  request(id: string): unknown
  /** A stack's events, oldest first, with the template line of each failure; all of them durable. */
  stackEvents(caller: LocalCaller, stackName: string): Promise<unknown>
  /** What a stack's template asks for and Postern does not do, with the template line of each. */
  caveats(caller: LocalCaller, stackName: string): unknown
  /** What the status reason of a failed change set tells of, with the template line of each. */
  changeSetCauses(caller: LocalCaller, id: string): unknown
  /** Runs an operation as `caller`. Throws `AwsError`. */
  call(service: string, operation: string, input: unknown, caller: LocalCaller): Promise<unknown>
  /** Keeps a deployment package where CloudFormation finds it. */
  keepPackage(bytes: Uint8Array, caller: LocalCaller): Promise<{ bucket: string; key: string }>
  /** A deployment package that a function has, by the SHA-256 that `GetFunction` names it with. */
  packageOf(digest: string): Promise<Uint8Array | undefined>
  /** The certificate of the local authority as PEM, and the file that has it. */
  authority(): Promise<{ pem: string; path: string }>
  /** Opens a place in the network for commands to run in: see `Wanted` and the folder that they run in. */
  openPlace(wanted: unknown, caller: LocalCaller): Promise<HeldPlace>
  about(): { version: string; pid: number; endpoint: string; dataDirectory: string }
}

export interface LocalCaller {
  readonly account: string
  readonly region: string
  /** Headers that begin with `x-postern-`. */
  readonly headers: Readonly<Record<string, string>>
}

/** Deployment packages may be this large; everything else is far smaller. */
const MAX_BODY_BYTES = 64 * 1024 * 1024

/**
 * The API that the CLI and the console read, under `/_postern/api/`. It does whatever it is told without a signature, so it answers
 * only what comes from this machine and from no web page: the Host must be a loopback name and there must be no foreign Origin.
 */
export function localApi(view: LocalView): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    try {
      if (!isLocal(request) || !isLoopback(request.socket.remoteAddress ?? ''))
        return answer(response, 403, { error: { code: 'Forbidden', message: 'only local clients may use this API' } })
      if (request.method === 'POST' && request.url === '/_postern/api/places') {
        const wanted = inputOf((await bodyOf(request)).toString('utf8'))
        holdPlace(response, await view.openPlace(wanted, callerOf(request)))
        return
      }
      const { status, body } = await route(request, view)
      answer(response, status, body)
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      const { code, message, position, fields } = error
      const { mend } = fields
      answer(response, error.status ?? 400, {
        error: { code, message, ...(position && { position }), ...(mend !== undefined && { mend }) },
      })
    }
  }
}

async function route(request: IncomingMessage, view: LocalView): Promise<{ status: number; body: unknown }> {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const [resource = '', ...rest] = url.pathname
    .replace(/^\/_postern\/api\//, '')
    .split('/')
    .map(decoded)
  const asked = `${request.method} ${resource}`
  const caller = callerOf(request)
  switch (asked) {
    case 'GET about':
      return found(view.about())
    case 'GET authority':
      return found(await view.authority())
    case 'GET list':
      return found(view.list())
    case 'GET requests':
      return rest[0]
        ? found(
            view.request(rest[0]),
            rest[0] === 'last'
              ? 'no API was called since Postern started'
              : `no request \`${rest[0]}\` is remembered: Postern forgets the oldest, and all of them when it ends`,
          )
        : found(view.requests(limitOf(url.searchParams.get('limit'))))
    case 'GET events':
      return found(await view.stackEvents(caller, rest[0] ?? ''), `Stack [${rest[0] ?? ''}] does not exist`)
    case 'GET caveats':
      return found(view.caveats(caller, rest[0] ?? ''), `Stack [${rest[0] ?? ''}] does not exist`)
    case 'GET causes':
      return found(view.changeSetCauses(caller, rest[0] ?? ''), `ChangeSet [${rest[0] ?? ''}] does not exist`)
    case 'POST call': {
      const [service = '', operation = ''] = rest
      const input = inputOf((await bodyOf(request)).toString('utf8'))
      return found((await view.call(service, operation, input, caller)) ?? {})
    }
    case 'GET packages':
      return found(await view.packageOf(rest[0] ?? ''), 'no function has such a package')
    case 'PUT packages':
      return found(await view.keepPackage(await bodyOf(request), caller))
    default:
      return { status: 404, body: { error: { code: 'NotFound', message: `the local API has no \`${asked}\`` } } }
  }
}

function found(body: unknown, otherwise = 'there is no such thing'): { status: number; body: unknown } {
  return body === undefined ? { status: 404, body: { error: { code: 'NotFound', message: otherwise } } } : { status: 200, body }
}

function isLocal({ headers }: IncomingMessage): boolean {
  const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/
  const { origin } = headers
  return loopback.test(headers.host ?? '') && (origin === undefined || loopback.test(origin.replace(/^https?:\/\//, '')))
}

/** From this machine, whatever the request says of itself: Postern may listen on other addresses too. */
function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address)
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch (error) {
    throw new AwsError('InvalidPath', `\`${part}\` is not percent-encoded text`, { cause: error })
  }
}

function inputOf(text: string): object {
  const input = fromJson(text === '' ? '{}' : text)
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input
  throw new AwsError('SerializationException', 'the body is not a JSON object')
}

function limitOf(text: string | null): number {
  const limit = Number(text ?? 50)
  if (Number.isInteger(limit) && limit >= 0) return limit
  throw new AwsError('InvalidLimit', `\`${text}\` is not a number of requests`)
}

function callerOf({ headers }: IncomingMessage): LocalCaller {
  const ours = Object.entries(headers).filter(
    (entry): entry is [string, string] => entry[0].startsWith('x-postern-') && typeof entry[1] === 'string',
  )
  const { 'x-postern-account': account = '000000000000', 'x-postern-region': region = 'us-east-1' } = Object.fromEntries(ours)
  // Both become parts of paths and of ARNs.
  if (!/^\d{12}$/.test(account)) throw new AwsError('InvalidAccount', `\`${account}\` is not twelve digits`)
  if (!/^[a-z0-9-]+$/.test(region)) throw new AwsError('InvalidRegion', `\`${region}\` is not a region`)
  return { account, region, headers: Object.fromEntries(ours) }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MAX_BODY_BYTES)
      throw new AwsError('RequestTooLarge', `the body is larger than ${MAX_BODY_BYTES} bytes`, { status: 413 })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  const isPackage = body instanceof Uint8Array
  response.writeHead(status, { 'content-type': isPackage ? 'application/zip' : 'application/json', 'cache-control': 'no-store' })
  response.end(isPackage ? body : toJson(body))
}
