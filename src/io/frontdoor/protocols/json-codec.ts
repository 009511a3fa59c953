import type { ServiceModel, Shape, StructureShape, TimestampFormat } from '#kit/service-model.ts'
import { UnreadableRequest } from '../exchange.ts'
import { perShape } from './per-shape.ts'
import { formatTimestamp, readTimestamp } from './text.ts'

/** Recorded from API Gateway: in maps, AWS's parser tells its own classes instead of tokens. */
const NUMBER_IN_A_MAP_OF_TEXTS = 'class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to an String'

/** Reads parsed JSON as the shape says; the names of structures' members are those on the wire. */
export const jsonReader = perShape<(value: unknown) => unknown>((shape, of, model) => {
  switch (shape.type) {
    case 'structure': {
      if (shape.document) return (value) => value
      const members = jsonMembers(shape).map(([name, key, member]) => [name, key, of(member.shape)] as const)
      return (value) => {
        const object = asObject(value)
        const found: Record<string, unknown> = {}
        for (const [name, key, read] of members) {
          const held = Object.hasOwn(object, key) ? object[key] : undefined
          if (held !== undefined && held !== null) found[name] = read(held)
        }
        return found
      }
    }
    case 'list': {
      const item = of(shape.member.shape)
      return (value) => {
        if (!Array.isArray(value)) throw new UnreadableRequest(`${kindOf(value)} found where a list was expected`)
        return value.map((one) => (one === null ? null : item(one)))
      }
    }
    case 'map': {
      const read = of(shape.value.shape)
      const isText = model.shapes[shape.value.shape]?.type === 'string'
      const readOne = (one: unknown) => {
        if (isText && typeof one === 'number') throw new UnreadableRequest(NUMBER_IN_A_MAP_OF_TEXTS)
        return one === null ? null : read(one)
      }
      return (value) => Object.fromEntries(Object.entries(asObject(value)).map(([key, one]) => [key, readOne(one)]))
    }
    default:
      return scalarReader(shape.type)
  }
})

export const jsonWriter = perShape<(value: unknown) => unknown>((shape, of, model) => {
  switch (shape.type) {
    case 'structure': {
      if (shape.document) return (value) => value
      const members = jsonMembers(shape).map(
        ([name, key, member]) => [name, key, memberWriter(model, member.shape, member.timestampFormat, of)] as const,
      )
      return (value) => {
        const structure = value as Readonly<Record<string, unknown>>
        const written: Record<string, unknown> = {}
        for (const [name, key, write] of members) {
          const held = structure[name]
          if (held !== undefined && held !== null) written[key] = write(held)
        }
        return written
      }
    }
    case 'list': {
      const item = of(shape.member.shape)
      return (value) => (value as readonly unknown[]).map((one) => (one == null ? null : item(one)))
    }
    case 'map': {
      const write = of(shape.value.shape)
      return (value) =>
        Object.fromEntries(Object.entries(value as object).map(([key, one]) => [key, one == null ? null : write(one)]))
    }
    case 'timestamp': {
      const format = shape.timestampFormat ?? 'unixTimestamp'
      return (value) => jsonTimestamp(value as Date, format)
    }
    case 'blob':
      return (value) => Buffer.from(value as Uint8Array).toString('base64')
    default:
      return (value) => value
  }
})

/** The members that stand in the body, each with its name and its name on the wire. */
function jsonMembers(shape: StructureShape) {
  return Object.entries(shape.members)
    .filter(([, member]) => !member.location)
    .map(([name, member]) => [name, member.locationName ?? name, member] as const)
}

function memberWriter(
  model: ServiceModel,
  name: string,
  format: TimestampFormat | undefined,
  of: (name: string) => (value: unknown) => unknown,
) {
  if (!format || model.shapes[name]?.type !== 'timestamp') return of(name)
  return (value: unknown) => jsonTimestamp(value as Date, format)
}

function jsonTimestamp(date: Date, format: TimestampFormat): string | number {
  return format === 'unixTimestamp' ? date.getTime() / 1000 : formatTimestamp(date, format)
}

function scalarReader(type: Exclude<Shape['type'], 'structure' | 'list' | 'map'>): (value: unknown) => unknown {
  const expect = (kind: 'string' | 'number' | 'boolean', name: string) => (value: unknown) => {
    if (typeof value !== kind) throw new UnreadableRequest(`${kindOf(value)} can not be converted to ${name}`)
    return value
  }
  switch (type) {
    case 'boolean':
      return expect('boolean', 'a Boolean')
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
    case 'bigdecimal':
      return expect('number', type === 'integer' ? 'an Integer' : `a ${type.charAt(0).toUpperCase()}${type.slice(1)}`)
    case 'timestamp':
      return (value) => {
        if (typeof value !== 'number' && typeof value !== 'string')
          throw new UnreadableRequest(`${kindOf(value)} can not be converted to a Date`)
        return readTimestamp(String(value))
      }
    case 'blob': {
      const text = expect('string', 'a Blob')
      return (value) => Uint8Array.from(Buffer.from(text(value) as string, 'base64'))
    }
    default:
      return expect('string', 'a String')
  }
}

/** Kinds as the tokens of AWS's JSON parser are called: they show in its messages. */
function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'START_ARRAY'
  if (value === true) return 'TRUE_VALUE'
  if (value === false) return 'FALSE_VALUE'
  if (typeof value === 'number') return 'NUMBER_VALUE'
  return typeof value === 'string' ? 'STRING_VALUE' : 'START_OBJECT'
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UnreadableRequest(`${kindOf(value)} found where a structure or map was expected`)
  }
  return value as Readonly<Record<string, unknown>>
}

/** JSON text as a value. */
export function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch (error) {
    throw new UnreadableRequest(`Could not parse request body into json: ${(error as Error).message}`)
  }
}
