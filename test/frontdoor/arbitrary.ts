import fc from 'fast-check'
import { shapeOf } from '#io/frontdoor/protocols/per-shape.ts'
import type { MemberShape, ServiceModel, StructureShape } from '#kit/service-model.ts'

/** Where a value goes: not every place can hold every value. */
type Place = 'body' | 'uri' | 'querystring' | 'header' | 'headers' | 'statusCode'

const DEEPEST = 4
const token = fc.constantFrom('a', 'x-y', 'abc.1', 'UPPER_2')
const path = fc.constantFrom('a', 'x y', 'é+1', 'p%q', 'k&=?#')
const anyText = fc.oneof(
  fc.constantFrom('é&<>"\'', ' spaced  ', 'p/q=r+%', '日本\n', ']]>', 'true', '1.0'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }).filter(isXmlText),
)
/** What a client takes for text and for bytes alike: some decode a body that is a blob. */
const asciiBytes = fc.uint8Array({ min: 32, max: 126, minLength: 1, maxLength: 8 })
/** Whole seconds, between 2001 and 2033: what all formats can say. */
const time = fc.integer({ min: 1_000_000_000, max: 2_000_000_000 }).map((seconds) => new Date(seconds * 1000))

/** XML 1.0 has no way to write most control characters, and no parser keeps a bare carriage return. */
function isXmlText(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters meant
  return !/[\u0000-\u001f\u007f-\u009f\ufffe\uffff]|\p{Surrogate}/u.test(text)
}

/**
 * Inputs or outputs after the model. Lists, maps and structures are never empty, since queries have no way to write that; other
 * rules of the model (lengths, patterns) are not kept, since codecs do not know them.
 */
export function structures(model: ServiceModel, name: string, side: 'input' | 'output'): fc.Arbitrary<Record<string, unknown>> {
  return structureOf(model, name, side, 0)
}

function structureOf(
  model: ServiceModel,
  name: string,
  side: 'input' | 'output',
  depth: number,
): fc.Arbitrary<Record<string, unknown>> {
  const shape = shapeOf(model, name) as StructureShape
  const members: Record<string, fc.Arbitrary<unknown>> = {}
  const required: string[] = []
  for (const [member, ref] of Object.entries(shape.members)) {
    const kind = shapeOf(model, ref.shape).type
    const located = depth === 0 ? ref.location : undefined
    const isRequired = shape.required?.includes(member) || located === 'uri' || located === 'statusCode'
    if (!isRequired && depth >= DEEPEST && (kind === 'structure' || kind === 'list' || kind === 'map')) continue
    const isWhole = depth === 0 && shape.payload === member && kind === 'blob'
    members[member] = isWhole ? asciiBytes : valuesOf(model, ref, side, located ?? 'body', depth + 1)
    if (isRequired || (depth === 0 && shape.payload === member)) required.push(member)
  }
  const whole = fc.record(members, { requiredKeys: required })
  const [first] = Object.keys(members)
  if (depth === 0 || first === undefined) return whole
  return whole.chain((value) =>
    Object.keys(value).length > 0
      ? fc.constant(value)
      : (members[first] as fc.Arbitrary<unknown>).map((one) => ({ [first]: one })),
  )
}

function valuesOf(
  model: ServiceModel,
  ref: MemberShape,
  side: 'input' | 'output',
  place: Place,
  depth: number,
): fc.Arbitrary<unknown> {
  const shape = shapeOf(model, ref.shape)
  switch (shape.type) {
    case 'structure':
      return structureOf(model, ref.shape, side, depth)
    case 'list':
      return fc.array(valuesOf(model, shape.member, side, place, depth + 1), { minLength: 1, maxLength: 2 })
    case 'map': {
      const keys =
        place === 'headers'
          ? fc.constantFrom('one', 'two')
          : place === 'body'
            ? fc.constantFrom('k1', 'a/b', 'é')
            : fc.constantFrom('q1', 'q2')
      return fc.dictionary(keys, valuesOf(model, shape.value, side, place === 'headers' ? 'header' : place, depth + 1), {
        minKeys: 1,
        maxKeys: 2,
      })
    }
    case 'boolean':
      return fc.boolean()
    case 'timestamp':
      return time
    case 'blob':
      return fc.uint8Array({ minLength: 1, maxLength: 6 })
    case 'integer':
    case 'long':
      return place === 'statusCode' ? fc.constantFrom(200, 202) : fc.integer({ min: -1000, max: 1_000_000 })
    case 'float':
    case 'double':
      return fc.constantFrom(0, 0.5, -1.25, 1000, 1e-7)
    default:
      if (shape.enum) return fc.constantFrom(...shape.enum)
      return place === 'body' || place === 'querystring' ? anyText : place === 'uri' ? path : token
  }
}

/** The value in a form that survives JSON and can be compared: times and bytes say what they are. */
export function comparable(value: unknown): unknown {
  if (value instanceof Date) return { $date: value.getTime() / 1000 }
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') }
  if (Array.isArray(value)) return value.map(comparable)
  if (typeof value !== 'object' || value === null) return value
  const present = Object.entries(value).filter(([, one]) => one !== undefined)
  return Object.fromEntries(present.map(([key, one]) => [key, comparable(one)]))
}
