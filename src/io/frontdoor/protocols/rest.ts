import type { MemberShape, ServiceModel, Shape, StructureShape } from '#kit/service-model.ts'
import { type Answer, type Call, type Structure, UnreadableRequest, type WireRequest } from '../exchange.ts'
import { shapeOf } from './per-shape.ts'
import { scalarFromText, scalarToText } from './text.ts'

/** How the two REST protocols read a body; `empty` is what the absence of one means. */
interface BodyReader {
  readonly read: (service: ServiceModel, member: MemberShape, body: Uint8Array) => Structure
  readonly empty: Structure | undefined
}
interface BodyWriter {
  readonly write: (service: ServiceModel, member: MemberShape, shape: StructureShape, value: unknown) => string
  readonly contentType: string
}

/** Collects the members of an operation's input from path, query, headers and body. */
export function parseRest(request: WireRequest, call: Call, body: BodyReader): Structure {
  const { service, shape: operation, labels } = call
  if (!operation.input) return {}
  const shape = shapeOf(service, operation.input.shape) as StructureShape
  const input: Record<string, unknown> = {}
  const unbound = { ...request, query: unboundQuery(request.query, call, shape) }
  for (const [name, member] of Object.entries(shape.members)) {
    const isRest = member.location === 'querystring' && shapeOf(service, member.shape).type === 'map'
    const value = readLocated(service, name, member, isRest ? unbound : request, labels)
    if (value !== undefined) input[name] = value
  }
  if (shape.payload) {
    const payload = readPayload(service, shape.members[shape.payload] as MemberShape, request.body, body)
    if (payload !== undefined) input[shape.payload] = payload
  } else if (request.body.length > 0 && Object.values(shape.members).some((member) => !member.location)) {
    Object.assign(input, body.read(service, operation.input, request.body))
  }
  return input
}

/** What is left of the query for a member that takes all parameters: neither the operation's own nor those of other members. */
function unboundQuery(query: WireRequest['query'], { shape: { http } }: Call, { members }: StructureShape): WireRequest['query'] {
  const literals = new URLSearchParams(http.requestUri.split('?')[1] ?? '')
  const bound = Object.entries(members)
    .filter(([, member]) => member.location === 'querystring')
    .map(([name, member]) => member.locationName ?? name)
  return query.filter(([name]) => !literals.has(name) && !bound.includes(name))
}

function readPayload(service: ServiceModel, member: MemberShape, bytes: Uint8Array, body: BodyReader): unknown {
  const { type } = shapeOf(service, member.shape)
  if (type === 'blob') return bytes
  if (type === 'string') return bytes.length > 0 ? Buffer.from(bytes).toString('utf8') : undefined
  return bytes.length > 0 ? body.read(service, member, bytes) : body.empty
}

function readLocated(
  service: ServiceModel,
  name: string,
  member: MemberShape,
  { query, headers }: WireRequest,
  labels: Readonly<Record<string, string>>,
): unknown {
  const shape = shapeOf(service, member.shape)
  const key = member.locationName ?? name
  switch (member.location) {
    case 'uri':
      return labels[key] === undefined ? undefined : scalarFromText(shape)(labels[key])
    case 'querystring':
      return readQuery(service, shape, query, key)
    case 'header': {
      const text = headers[key.toLowerCase()]
      if (text === undefined) return undefined
      if (shape.type === 'list') return splitHeader(text).map(scalarFromText(shapeOf(service, shape.member.shape)))
      return scalarFromText(shape)(text)
    }
    case 'headers': {
      const prefix = key.toLowerCase()
      const found = Object.entries(headers).filter(([header]) => header.startsWith(prefix))
      return found.length > 0 ? Object.fromEntries(found.map(([header, text]) => [header.slice(prefix.length), text])) : undefined
    }
    default:
      return undefined
  }
}

function readQuery(service: ServiceModel, shape: Shape, query: WireRequest['query'], key: string): unknown {
  if (shape.type === 'map') return readQueryMap(shapeOf(service, shape.value.shape), query)
  const texts = query.filter(([name]) => name === key).map(([, text]) => text)
  if (texts.length === 0) return undefined
  if (shape.type === 'list') return texts.map(scalarFromText(shapeOf(service, shape.member.shape)))
  return scalarFromText(shape)(texts[0] as string)
}

function readQueryMap(value: Shape, query: WireRequest['query']): unknown {
  const found = new Map<string, unknown>()
  for (const [name, text] of query) {
    if (value.type === 'list') found.set(name, [...((found.get(name) as string[] | undefined) ?? []), text])
    else if (!found.has(name)) found.set(name, scalarFromText(value)(text))
  }
  return found.size > 0 ? Object.fromEntries(found) : undefined
}

/** A list in one header; values that hold commas are quoted. */
function splitHeader(text: string): string[] {
  const parts = text.match(/"(?:[^"\\]|\\.)*"|[^,]+/g) ?? []
  return parts
    .map((part) =>
      part
        .trim()
        .replace(/^"(.*)"$/s, '$1')
        .replace(/\\(.)/g, '$1'),
    )
    .filter((part) => part !== '')
}

/** Puts the members of an operation's output into status, headers and body. */
export function writeRest(output: Structure, { service, shape: operation }: Call, body: BodyWriter): Answer {
  const success = operation.http.responseCode ?? 200
  if (!operation.output) return { status: success, headers: {}, body: '' }
  const shape = shapeOf(service, operation.output.shape) as StructureShape
  const headers = headerBindings(service, shape, output)
  const statusMember = Object.entries(shape.members).find(([, member]) => member.location === 'statusCode')
  // A part of a representation is 206, whoever answers it (RFC 9110, 15.3.7).
  const usual = headers['content-range'] ? 206 : success
  const status = ((statusMember && output[statusMember[0]]) as number | undefined) ?? usual
  const written = writeBody(service, operation.output, shape, output, body)
  const typed = written.type && headers['content-type'] === undefined ? { 'content-type': written.type } : {}
  return { status, headers: { ...typed, ...headers }, body: written.body }
}

function writeBody(
  service: ServiceModel,
  member: MemberShape,
  shape: StructureShape,
  output: Structure,
  { write, contentType }: BodyWriter,
): { body: Answer['body']; type?: string } {
  if (!shape.payload) {
    const hasBody = Object.values(shape.members).some((one) => !one.location)
    return hasBody ? { body: write(service, member, shape, output), type: contentType } : { body: '' }
  }
  const value = output[shape.payload]
  if (value === undefined || value === null) return { body: '' }
  const payload = shape.members[shape.payload] as MemberShape
  const of = shapeOf(service, payload.shape)
  if (of.type === 'blob') return { body: value as Answer['body'], type: 'application/octet-stream' }
  if (of.type !== 'structure') return { body: String(value), type: 'text/plain' }
  return { body: write(service, payload, of, value), type: contentType }
}

/** The headers that members of the structure are bound to; names in lower case. */
export function headerBindings(service: ServiceModel, shape: StructureShape, value: Structure): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, member] of Object.entries(shape.members)) {
    const held = value[name]
    if (held === undefined || held === null) continue
    const key = (member.locationName ?? name).toLowerCase()
    if (member.location === 'header') headers[key] = headerText(service, member, held)
    if (member.location === 'headers') {
      for (const [suffix, text] of Object.entries(held as Record<string, string>)) headers[key + suffix.toLowerCase()] = text
    }
  }
  return headers
}

function headerText(service: ServiceModel, member: MemberShape, value: unknown): string {
  const shape = shapeOf(service, member.shape)
  if (shape.type !== 'list') return scalarToText(shape, member, 'rfc822')(value)
  const item = scalarToText(shapeOf(service, shape.member.shape), shape.member, 'rfc822')
  return (value as readonly unknown[])
    .map(item)
    .map((text) => (/[",]/.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : text))
    .join(', ')
}

/** A path's part, decoded. */
export function decodeLabel(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new UnreadableRequest(`\`${text}\` is not a valid percent-encoding`)
  }
}
