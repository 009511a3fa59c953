import type { PropertySchema, PropertyType, ResourceSchema } from '#core/plan/schema.ts'

/** A resource type as CloudFormation's registry describes it. */
export interface RegisteredType {
  readonly schema: ResourceSchema<Record<string, unknown>>
  /** The properties and attributes that `Ref` yields, joined by `|` where they are several. */
  readonly identifiers: readonly string[]
  /** The types of its attributes, by name. */
  readonly attributes: Readonly<Record<string, PropertyType>>
  /** `arn:${Partition}:sqs:${Region}:${Account}:${QueueName}` */
  readonly arn?: string
}

/** An entry of the generated registry. */
interface Entry {
  readonly properties: ShortProperties
  readonly definitions?: Readonly<Record<string, ShortProperties>>
  readonly attributes?: Readonly<Record<string, string>>
  readonly ref?: readonly string[]
  readonly arn?: string
}

/** By name, a type in short; as a list where the values that it allows follow. */
type ShortProperties = Readonly<Record<string, string | readonly [string, ...(string | number)[]]>>

/** Reads a type's entry of the generated registry. Throws where the registry is not what it is generated as. */
export function readRegisteredType(type: string, text: string): RegisteredType {
  const { properties, definitions = {}, attributes = {}, ref = [], arn } = JSON.parse(text) as Entry
  const schemas = propertiesIn(properties)
  return {
    schema: {
      type,
      properties: schemas,
      required: Object.keys(schemas).filter((name) => schemas[name]?.required),
      attributes: Object.keys(attributes),
      definitions: mapped(definitions, propertiesIn),
    },
    identifiers: ref,
    attributes: mapped(attributes, typeIn),
    ...(arn !== undefined && { arn }),
  }
}

const propertiesIn = (properties: ShortProperties): Record<string, PropertySchema> => mapped(properties, propertyIn)

/** `!` before a type: required; `*` or `~`: a change always, or sometimes, makes a new resource. */
function propertyIn(short: ShortProperties[string]): PropertySchema {
  const [text, ...allowed] = typeof short === 'string' ? [short] : short
  const flags = /^[!*~]*/.exec(text)?.[0] ?? ''
  const replaces = flags.includes('*') ? 'always' : flags.includes('~') ? 'conditionally' : undefined
  return {
    type: typeIn(text.slice(flags.length)),
    ...(flags.includes('!') && { required: true }),
    ...(replaces && { replaces }),
    ...(allowed.length > 0 && { allowed }),
  }
}

const PLAIN: Readonly<Record<string, 'string' | 'integer' | 'number' | 'boolean' | 'json' | 'tag' | 'date-time'>> = {
  s: 'string',
  i: 'integer',
  n: 'number',
  b: 'boolean',
  j: 'json',
  t: 'tag',
  d: 'date-time',
}

/** A letter of `PLAIN`; `[` before the type of a list's items and `{` before that of a map's; `#Name` of a definition; `(a|b)`. */
function typeIn(text: string): PropertyType {
  const plain = PLAIN[text]
  if (plain) return { kind: plain }
  const rest = text.slice(1)
  switch (text[0]) {
    case '[':
      return { kind: 'list', of: typeIn(rest) }
    case '{':
      return { kind: 'map', of: typeIn(rest) }
    case '#':
      return { kind: 'definition', name: rest }
    case '(':
      return { kind: 'union', of: alternativesIn(rest.slice(0, -1)).map(typeIn) }
    default:
      throw new Error(`the registry has no type \`${text}\``)
  }
}

/** Cut at the bars that stand in no brackets of their own. */
function alternativesIn(text: string): readonly string[] {
  const found: string[] = ['']
  let depth = 0
  for (const character of text) {
    if (character === '(') depth += 1
    if (character === ')') depth -= 1
    if (character === '|' && depth === 0) found.push('')
    else found.push(`${found.pop()}${character}`)
  }
  return found
}

function mapped<From, To>(map: Readonly<Record<string, From>>, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, change(value)]))
}
