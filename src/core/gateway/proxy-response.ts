import { DROPPED, REMAPPED } from './headers.ts'
import type { MappedAnswer } from './mapped-answer.ts'
import { bareType, isBinary } from './media-type.ts'

export type ProxyResponse =
  | { readonly ok: true; readonly answer: MappedAnswer }
  /** `malformed`: not a proxy response. `undecodable`: its body is not the Base64 that it claims to be. */
  | { readonly ok: false; readonly fault: 'malformed' | 'undecodable'; readonly text: string }

const KNOWN = new Set(['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded'])

/** Maps what a function answered through a Lambda proxy integration; strict where AWS is. Recorded, unless said otherwise. */
export function mapProxyResponse(
  payload: unknown,
  { accept, binaryMediaTypes }: { readonly accept: string | undefined; readonly binaryMediaTypes: readonly string[] },
): ProxyResponse {
  if (!isObject(payload)) return malformed('it is not an object')
  const unknown = Object.keys(payload).find((key) => !KNOWN.has(key))
  if (unknown !== undefined) return malformed(`it has the key \`${unknown}\``)
  // unverified: an empty object is recorded as refused, an object with headers alone as 200.
  if (Object.keys(payload).length === 0) return malformed('it is empty')
  const status = statusOf(payload['statusCode'])
  if (status === undefined) return malformed('its `statusCode` is no HTTP status')
  const { body, isBase64Encoded } = payload
  if (body !== undefined && body !== null && typeof body !== 'string') return malformed('its `body` is not a string')
  const headers = headersOf(payload['headers'], payload['multiValueHeaders'])
  if (typeof headers === 'string') return malformed(headers)
  const contentType = headers.contentType ?? 'application/json'
  const text = body ?? ''
  const decodes = isBase64Encoded === true && isBinary(binaryMediaTypes, accept === undefined ? contentType : bareType(accept))
  if (decodes && !isBase64(text)) return { ok: false, fault: 'undecodable', text: 'the body is not Base64' }
  return {
    ok: true,
    answer: { status, rawHeaders: headers.rawHeaders, contentType, body: { text, encoding: decodes ? 'base64' : 'utf8' } },
  }
}

function malformed(text: string): ProxyResponse {
  return { ok: false, fault: 'malformed', text }
}

function statusOf(written: unknown): number | undefined {
  if (written === undefined || written === null) return 200
  if (typeof written !== 'number' && typeof written !== 'string') return undefined
  if (!/^\d{3}$/.test(String(written))) return undefined
  const status = Number(written)
  return status >= 100 && status <= 599 ? status : undefined
}

const NAME = /^[!#$%&'*+.^`|~\w-]+$/
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/

interface ResponseHeaders {
  readonly rawHeaders: readonly string[]
  readonly contentType?: string
}

/** One name in both maps is one header, the values of `multiValueHeaders` first and in its spelling. */
function headersOf(single: unknown, multi: unknown): ResponseHeaders | string {
  if (single !== undefined && single !== null && !isObject(single)) return 'its `headers` is not an object'
  if (multi !== undefined && multi !== null && !isObject(multi)) return 'its `multiValueHeaders` is not an object'
  const byName = new Map<string, { readonly name: string; readonly values: string[] }>()
  for (const [name, values] of Object.entries(multi ?? {})) {
    if (!Array.isArray(values)) return `\`${name}\` in its \`multiValueHeaders\` is not a list`
    byName.set(name.toLowerCase(), { name, values: values.map(textOf) })
  }
  for (const [name, value] of Object.entries(single ?? {})) {
    const known = byName.get(name.toLowerCase())
    if (known) known.values.push(textOf(value))
    else byName.set(name.toLowerCase(), { name, values: [textOf(value)] })
  }
  const rawHeaders: string[] = []
  let contentType: string | undefined
  for (const [lower, { name, values }] of byName) {
    if (DROPPED.has(lower)) continue
    if (lower === 'content-type') {
      contentType = values.at(-1)
      continue
    }
    // unverified: what AWS does with a header that HTTP cannot carry; sending it would split the answer.
    if (!NAME.test(name) || !values.every((value) => VALUE.test(value))) return `its header \`${name}\` cannot be sent`
    const sent = REMAPPED.has(lower) ? `x-amzn-Remapped-${name}` : name
    for (const value of values) rawHeaders.push(sent, value)
  }
  return { rawHeaders, ...(contentType !== undefined && { contentType }) }
}

/** Numbers and booleans become text, as recorded; what has no text becomes none. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function isBase64(text: string): boolean {
  return /^[A-Za-z0-9+/]*={0,2}$/.test(text.replaceAll(/[\r\n]/g, '')) && text.replaceAll(/[\r\n]/g, '').length % 4 === 0
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
