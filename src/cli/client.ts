import type { Scope } from '#core/aws/scope.ts'
import type { Position } from '#core/template/position.ts'
import { CommandFailed, EXIT } from './exit.ts'

/** Options of every command that speaks to a running Postern. */
export interface ConnectionOptions {
  readonly endpoint?: string
  readonly account?: string
  readonly region?: string
}

/** A running Postern, spoken to as one account in one region. */
export interface Client {
  readonly endpoint: string
  readonly account: string
  readonly region: string
  get<T>(path: string): Promise<T>
  /** Runs an AWS operation, such as `call('cloudformation', 'DescribeStacks', {…})`. Dates come back as ISO text. */
  call<T>(service: string, operation: string, input: unknown, headers?: Record<string, string>): Promise<T>
  keepPackage(bytes: Uint8Array): Promise<{ bucket: string; key: string }>
}

/** A refusal by the running Postern, in AWS's words. */
export class Refused extends CommandFailed {
  readonly code: string
  readonly position: Position | undefined

  constructor(
    error: { code: string; message: string; position?: Position },
    { account, region }: { account: string; region: string },
  ) {
    // What exists for one account and region does not for the others: the commonest reason why something is not found.
    const sought = / does not exist\b/.test(error.message) ? `asked as account ${account} in ${region}` : undefined
    super(error.message, { ...(sought !== undefined && { mend: sought }) })
    this.code = error.code
    this.position = error.position
  }
}

/** The account and the region that the aws CLI would use, unless they are named. */
export function scopeOf({ account, region }: ConnectionOptions, environment = process.env): Scope {
  const key = environment['AWS_ACCESS_KEY_ID'] ?? ''
  return {
    account: account ?? (/^\d{12}$/.test(key) ? key : '000000000000'),
    region: region ?? environment['AWS_REGION'] ?? environment['AWS_DEFAULT_REGION'] ?? 'us-east-1',
  }
}

/** Nothing is asked until the first call. Speaks as `scopeOf` says. */
export function connect(options: ConnectionOptions, environment = process.env): Client {
  const endpoint = endpointOf(
    options.endpoint ?? environment['POSTERN_ENDPOINT'] ?? environment['AWS_ENDPOINT_URL'] ?? 'http://127.0.0.1:4566',
  )
  const { account, region } = scopeOf(options, environment)
  const ask = async <T>(
    method: string,
    path: string,
    body?: NonNullable<RequestInit['body']>,
    headers: Record<string, string> = {},
  ): Promise<T> => {
    const response = await send(`${endpoint}/_postern/api/${path}`, {
      method,
      headers: { 'x-postern-account': account, 'x-postern-region': region, ...headers },
      ...(body !== undefined && { body }),
    })
    const answer = JSON.parse(await response.text())
    if (!response.ok) throw new Refused(answer.error, { account, region })
    return answer
  }
  return {
    endpoint,
    account,
    region,
    get: (path) => ask('GET', path),
    call: (service, operation, input, headers) => ask('POST', `call/${service}/${operation}`, JSON.stringify(input), headers),
    keepPackage: (bytes) => ask('PUT', 'packages', Buffer.from(bytes)),
  }
}

function endpointOf(text: string): string {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text.replace(/\/$/, '')
  throw new CommandFailed(`\`${text}\` is no address of a Postern`, {
    exitCode: EXIT.usage,
    mend: 'write it as `postern up` shows it: http://127.0.0.1:4566',
  })
}

async function send(url: string, init: RequestInit): Promise<Response> {
  let response: Response
  try {
    response = await fetch(url, init)
  } catch (error) {
    throw new CommandFailed(`no Postern answers at ${new URL(url).origin}`, {
      exitCode: EXIT.cannotRun,
      mend: 'start one with `postern up`, or name another with `--endpoint`',
      cause: error,
    })
  }
  if (!(response.headers.get('content-type') ?? '').startsWith('application/json')) {
    throw new CommandFailed(`what answers at ${new URL(url).origin} is not a Postern`, {
      exitCode: EXIT.cannotRun,
      mend: 'name a running Postern with `--endpoint`',
    })
  }
  return response
}
