import type { Protocol, Structure } from '../exchange.ts'
import { UnreadableRequest } from '../exchange.ts'
import { decodeCbor, encodeCbor } from './cbor-codec.ts'
import { jsonErrorMembers } from './json-errors.ts'
import { perShape } from './per-shape.ts'

/** Smithy RPC v2 with CBOR bodies. What CBOR reads is already of the model's types; only lists and structures need names looked at. */
export const cbor: Protocol = {
  unreadable: 'SerializationException',

  parse({ body }, { service, shape }) {
    const value = body.length === 0 ? {} : decodeCbor(body)
    return shape.input ? (reader(service, shape.input.shape)(value) as Structure) : {}
  },

  write(output, { service, shape }, requestId) {
    return answer(200, shape.output ? encodeCbor(writer(service, shape.output.shape)(output)) : new Uint8Array(), requestId)
  },

  refuse(refusal, service, requestId) {
    return answer(refusal.status, encodeCbor({ __type: refusal.code, ...jsonErrorMembers(refusal, service) }), requestId)
  },
}

function answer(status: number, body: Uint8Array, requestId: string) {
  const headers = { 'smithy-protocol': 'rpc-v2-cbor', 'content-type': 'application/cbor', 'x-amzn-requestid': requestId }
  return { status, headers, body }
}

const KINDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  blob: (value) => value instanceof Uint8Array,
  timestamp: (value) => value instanceof Date,
}

const reader = perShape<(value: unknown) => unknown>((shape, of) => {
  switch (shape.type) {
    case 'structure': {
      const members = Object.entries(shape.members).map(([name, member]) => [name, of(member.shape)] as const)
      return (value) => {
        if (!isMap(value)) throw new UnreadableRequest('a map was expected')
        const present = members.filter(([name]) => value[name] !== undefined && value[name] !== null)
        return Object.fromEntries(present.map(([name, read]) => [name, read(value[name])]))
      }
    }
    case 'list': {
      const item = of(shape.member.shape)
      return (value) => {
        if (!Array.isArray(value)) throw new UnreadableRequest('a list was expected')
        return value.map(item)
      }
    }
    case 'map': {
      const read = of(shape.value.shape)
      return (value) => {
        if (!isMap(value)) throw new UnreadableRequest('a map was expected')
        return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, read(one)]))
      }
    }
    default: {
      const fits = KINDS[shape.type] ?? ((value: unknown) => typeof value === 'number')
      return (value) => {
        if (!fits(value)) throw new UnreadableRequest(`a ${shape.type} was expected`)
        return value
      }
    }
  }
})

/** Leaves out what the model does not name, and what is not there. */
const writer = perShape<(value: unknown) => unknown>((shape, of) => {
  switch (shape.type) {
    case 'structure': {
      const members = Object.entries(shape.members).map(([name, member]) => [name, of(member.shape)] as const)
      return (value) => {
        const structure = value as Structure
        const present = members.filter(([name]) => structure[name] !== undefined && structure[name] !== null)
        return Object.fromEntries(present.map(([name, write]) => [name, write(structure[name])]))
      }
    }
    case 'list': {
      const item = of(shape.member.shape)
      return (value) => (value as readonly unknown[]).map(item)
    }
    case 'map': {
      const write = of(shape.value.shape)
      return (value) => Object.fromEntries(Object.entries(value as object).map(([key, one]) => [key, write(one)]))
    }
    default:
      return (value) => value
  }
})

function isMap(value: unknown): value is Structure {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Uint8Array) &&
    !(value instanceof Date)
  )
}
