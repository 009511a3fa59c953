import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { WireRequest } from '../exchange.ts'
import type { Credential } from './credential.ts'

/** The signatures that a request may carry, were it signed with this secret: one for each way of writing its path. */
export function signaturesOf(
  request: Omit<WireRequest, 'body'>,
  credential: Credential,
  secretAccessKey: string,
  signed: { date: string; payloadHash: string },
): readonly string[] {
  const key = signingKey(credential, secretAccessKey)
  return canonicalPaths(request.path, credential.service).map((path) => {
    const canonical = canonicalRequest({ ...request, path }, credential, signed.payloadHash)
    const toSign = ['AWS4-HMAC-SHA256', signed.date, scopeOf(credential), sha256(canonical)].join('\n')
    return hmac(key, toSign).toString('hex')
  })
}

export function scopeOf({ date, region, service }: Credential): string {
  return `${date}/${region}/${service}/aws4_request`
}

export function signingKey({ date, region, service }: Credential, secretAccessKey: string): Buffer {
  return [date, region, service, 'aws4_request'].reduce<Buffer>(hmac, Buffer.from(`AWS4${secretAccessKey}`))
}

export function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

export function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

export function sameSignature(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)]
  return one.length === other.length && timingSafeEqual(one, other)
}

function canonicalRequest(
  { method, path, query, headers }: Omit<WireRequest, 'body'>,
  { signedHeaders }: Credential,
  payloadHash: string,
): string {
  const canonicalHeaders = signedHeaders.map((name) => `${name}:${(headers[name] ?? '').trim().replace(/\s+/g, ' ')}\n`)
  return [method, path, canonicalQuery(query), canonicalHeaders.join(''), signedHeaders.join(';'), payloadHash].join('\n')
}

function canonicalQuery(query: WireRequest['query']): string {
  return query
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [uriEncode(name), uriEncode(value)] as const)
    .sort(([a, x], [b, y]) => (a === b ? compare(x, y) : compare(a, b)))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/**
 * S3 signs the path as it is sent, dots and double slashes included. Clients that send characters bare which AWS encodes, such as
 * `=`, sign the encoded form or the bare one.
 */
function canonicalPaths(path: string, service: string): readonly string[] {
  if (service !== 's3') return [twiceEncoded(path)]
  const encoded = path
    .split('/')
    .map((part) => uriEncode(decoded(part)))
    .join('/')
  return encoded === path ? [path] : [path, encoded]
}

/** Every other service signs the normalized path, encoded once more than it was sent. */
function twiceEncoded(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(uriEncode(part))
  }
  const trailing = parts.length > 0 && path.endsWith('/') ? '/' : ''
  return `/${parts.join('/')}${trailing}`
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function uriEncode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
}
