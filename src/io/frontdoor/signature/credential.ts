import type { WireRequest } from '../exchange.ts'

/** What a signature says about who calls whom, before it is verified. */
export interface Credential {
  readonly accessKeyId: string
  /** `YYYYMMDD` */
  readonly date: string
  readonly region: string
  /** The service's name in signatures. */
  readonly service: string
  readonly signedHeaders: readonly string[]
  readonly signature: string
  readonly where: 'header' | 'query'
}

export type Authorization =
  | { readonly kind: 'signed'; readonly credential: Credential }
  | { readonly kind: 'unsigned' }
  /** There is something, but it does not say what it must. The message is AWS's. */
  | { readonly kind: 'incomplete'; readonly message: string }

/** Regions become names of folders and parts of ARNs: whatever else stands here is none. */
const REGION = /^[a-z0-9-]+$/i

/** Reads a signature of version 4 from the header or, for presigned URLs, from the query. */
export function readAuthorization({ headers, query }: Pick<WireRequest, 'headers' | 'query'>): Authorization {
  const header = headers['authorization']
  if (header !== undefined) return readHeader(header)
  const parameters = new Map(query.filter(([name]) => /^X-Amz-/i.test(name)).map(([name, value]) => [name.toLowerCase(), value]))
  if (!parameters.has('x-amz-algorithm')) return { kind: 'unsigned' }
  return credentialOf(
    parameters.get('x-amz-credential'),
    parameters.get('x-amz-signedheaders'),
    parameters.get('x-amz-signature'),
    'query',
  )
}

function readHeader(header: string): Authorization {
  const [algorithm, ...rest] = header.trim().split(/\s+/)
  if (algorithm !== 'AWS4-HMAC-SHA256') {
    return { kind: 'incomplete', message: `Unsupported AWS 'algorithm': '${algorithm}'.` }
  }
  const parts = new Map(
    rest
      .join('')
      .split(',')
      .map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]),
  )
  const missing = ['Credential', 'Signature', 'SignedHeaders'].filter((name) => !parts.get(name))
  if (missing.length > 0) {
    const said = missing.map((name) => `Authorization header requires '${name}' parameter.`).join(' ')
    return { kind: 'incomplete', message: `${said} Authorization=${algorithm}` }
  }
  return credentialOf(parts.get('Credential'), parts.get('SignedHeaders'), parts.get('Signature'), 'header')
}

function credentialOf(
  credential: string | undefined,
  signedHeaders: string | undefined,
  signature: string | undefined,
  where: Credential['where'],
): Authorization {
  // An access key id may hold slashes in theory; the scope is always the last four parts.
  const parts = (credential ?? '').split('/')
  const [date, region, service, terminator] = parts.slice(-4)
  const accessKeyId = parts.slice(0, -4).join('/')
  if (!accessKeyId || !date || !region || !service || terminator !== 'aws4_request' || !signedHeaders || !signature) {
    return {
      kind: 'incomplete',
      message: `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential ?? ''}'`,
    }
  }
  if (!REGION.test(region)) return { kind: 'incomplete', message: 'Credential should be scoped to a valid region.' }
  const headers = signedHeaders.toLowerCase().split(';')
  return { kind: 'signed', credential: { accessKeyId, date, region, service, signedHeaders: headers, signature, where } }
}
