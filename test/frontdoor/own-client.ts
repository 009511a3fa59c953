import type { Answer, Call, Structure, WireRequest } from '#io/frontdoor/exchange.ts'
import { decodeCbor, encodeCbor } from '#io/frontdoor/protocols/cbor-codec.ts'
import { ec2Name } from '#io/frontdoor/protocols/ec2.ts'
import { jsonReader, jsonWriter } from '#io/frontdoor/protocols/json-codec.ts'
import { shapeOf } from '#io/frontdoor/protocols/per-shape.ts'
import type { ProtocolKey } from '#io/frontdoor/protocols/protocols.ts'
import { scalarFromText, scalarToText } from '#io/frontdoor/protocols/text.ts'
import { parseXml, xmlReader } from '#io/frontdoor/protocols/xml-read.ts'
import { xmlDocument } from '#io/frontdoor/protocols/xml-write.ts'
import type { MemberShape, StructureShape } from '#kit/service-model.ts'

/** A request for the operation, as a client would write it. */
export function writeRequest(input: Structure, call: Call, protocol: ProtocolKey): WireRequest {
  const { service, name, shape } = call
  const post = { method: 'POST', path: '/', query: [] }
  switch (protocol) {
    case 'query':
    case 'ec2': {
      const fields = new URLSearchParams({ Action: name, Version: service.apiVersion })
      if (shape.input)
        for (const [key, value] of formFields(input, call, shape.input, '', protocol === 'ec2')) fields.append(key, value)
      return { ...post, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: Buffer.from(String(fields)) }
    }
    case 'json': {
      const body = shape.input ? JSON.stringify(jsonWriter(service, shape.input.shape)(input)) : '{}'
      return { ...post, headers: { 'x-amz-target': `${service.targetPrefix}.${name}` }, body: Buffer.from(body) }
    }
    case 'cbor':
      return {
        ...post,
        path: `/service/${service.targetPrefix}/operation/${name}`,
        headers: { 'smithy-protocol': 'rpc-v2-cbor' },
        body: encodeCbor(input),
      }
    default:
      return restRequest(input, call, protocol)
  }
}

function* formFields(value: unknown, call: Call, ref: MemberShape, at: string, isEc2: boolean): Generator<[string, string]> {
  const shape = shapeOf(call.service, ref.shape)
  const below = (...names: (string | number)[]) => [at, ...names].filter((name) => name !== '').join('.')
  if (shape.type === 'structure') {
    for (const [name, member] of Object.entries(shape.members)) {
      const held = (value as Structure)[name]
      if (held !== undefined)
        yield* formFields(held, call, member, below(isEc2 ? ec2Name(name, member) : (member.locationName ?? name)), isEc2)
    }
  } else if (shape.type === 'list') {
    const isFlat = isEc2 || ref.flattened || shape.flattened
    for (const [index, item] of (value as unknown[]).entries()) {
      const names = isFlat ? [index + 1] : [shape.member.locationName ?? 'member', index + 1]
      yield* formFields(item, call, shape.member, below(...names), isEc2)
    }
  } else if (shape.type === 'map') {
    for (const [index, [key, item]] of Object.entries(value as object).entries()) {
      const entry = ref.flattened || shape.flattened ? [index + 1] : ['entry', index + 1]
      yield [below(...entry, shape.key.locationName ?? 'key'), key]
      yield* formFields(item, call, shape.value, below(...entry, shape.value.locationName ?? 'value'), isEc2)
    }
  } else yield [at, scalarToText(shape, ref, 'iso8601')(value)]
}

function restRequest(input: Structure, call: Call, protocol: ProtocolKey): WireRequest {
  const { service, shape: operation } = call
  const [template = '', literal = ''] = operation.http.requestUri.split('?')
  const query: [string, string][] = [...new URLSearchParams(literal)]
  const headers: Record<string, string> = {}
  const shape = operation.input ? (shapeOf(service, operation.input.shape) as StructureShape) : undefined
  let path = template
  for (const [name, member] of Object.entries(shape?.members ?? {})) {
    const value = input[name]
    const key = member.locationName ?? name
    if (value === undefined) continue
    const texts = (format: 'iso8601' | 'rfc822') => {
      const of = shapeOf(service, member.shape)
      return of.type === 'list'
        ? (value as unknown[]).map(scalarToText(shapeOf(service, of.member.shape), of.member, format))
        : [scalarToText(of, member, format)(value)]
    }
    if (member.location === 'uri')
      path = path.replace(new RegExp(`\\{${key}\\+?\\}`), encodeURIComponent(String(value)).replaceAll('$', '$$$$'))
    else if (member.location === 'header') headers[key.toLowerCase()] = texts('rfc822').join(', ')
    else if (member.location === 'headers')
      for (const [suffix, text] of Object.entries(value as object)) headers[key + suffix] = text
    else if (member.location === 'querystring' && shapeOf(service, member.shape).type === 'map')
      query.push(...pairs(value as object))
    else if (member.location === 'querystring') query.push(...texts('iso8601').map((text): [string, string] => [key, text]))
  }
  return { method: operation.http.method, path, query, headers, body: restBody(input, call, shape, protocol) }
}

function pairs(map: object): [string, string][] {
  return Object.entries(map).flatMap(([key, value]) => [value].flat().map((text): [string, string] => [key, text]))
}

function restBody(
  input: Structure,
  { service, shape: operation }: Call,
  shape: StructureShape | undefined,
  protocol: ProtocolKey,
): Uint8Array {
  const write = (member: MemberShape, value: unknown) =>
    Buffer.from(
      protocol === 'rest-xml' ? xmlDocument(service, member, value) : JSON.stringify(jsonWriter(service, member.shape)(value)),
    )
  if (!shape || !operation.input) return new Uint8Array()
  if (!shape.payload)
    return Object.values(shape.members).some((member) => !member.location) ? write(operation.input, input) : new Uint8Array()
  const value = input[shape.payload]
  if (value instanceof Uint8Array) return value
  if (typeof value === 'string') return Buffer.from(value)
  return value === undefined ? new Uint8Array() : write(shape.members[shape.payload] as MemberShape, value)
}

/** The output that an answer holds, as a client would read it. */
export function readAnswer(answer: Answer, { service, shape: { output } }: Call, protocol: ProtocolKey): unknown {
  const bytes = Buffer.from(answer.body as string | Uint8Array)
  if (!output) return {}
  switch (protocol) {
    case 'query': {
      const [result] = parseXml(bytes.toString()).children
      return xmlReader(service, output.shape)(result ? [result] : [])
    }
    case 'ec2':
      return xmlReader(service, output.shape)([parseXml(bytes.toString())])
    case 'json':
      return jsonReader(service, output.shape)(JSON.parse(bytes.toString()))
    case 'cbor':
      return decodeCbor(bytes)
    default:
      return readRest(answer, bytes, service, output, protocol)
  }
}

function readRest(
  answer: Answer,
  bytes: Buffer,
  service: Call['service'],
  output: MemberShape,
  protocol: ProtocolKey,
): Structure {
  const shape = shapeOf(service, output.shape) as StructureShape
  const found: Record<string, unknown> = {}
  const read = (member: MemberShape) =>
    protocol === 'rest-xml'
      ? xmlReader(service, member.shape)([parseXml(bytes.toString())])
      : jsonReader(service, member.shape)(JSON.parse(bytes.toString()))
  for (const [name, member] of Object.entries(shape.members)) {
    const key = (member.locationName ?? name).toLowerCase()
    const of = shapeOf(service, member.shape)
    if (member.location === 'statusCode') found[name] = answer.status
    if (member.location === 'header' && answer.headers[key] !== undefined) {
      const text = answer.headers[key]
      found[name] =
        of.type === 'list' ? text.split(', ').map(scalarFromText(shapeOf(service, of.member.shape))) : scalarFromText(of)(text)
    }
    if (member.location === 'headers') {
      const held = Object.entries(answer.headers).filter(([header]) => header.startsWith(key))
      if (held.length > 0) found[name] = Object.fromEntries(held.map(([header, text]) => [header.slice(key.length), text]))
    }
    if (shape.payload === name && bytes.length > 0)
      found[name] = of.type === 'blob' ? bytes : of.type === 'structure' ? read(member) : bytes.toString()
  }
  const isWhole = !shape.payload && Object.values(shape.members).some((member) => !member.location)
  return isWhole && bytes.length > 0 ? { ...found, ...(read(output) as object) } : found
}
