import { type Schema, Validator } from '@cfworker/json-schema'

/** Whether a value fits a schema. */
export type Fits = (value: unknown) => boolean

type Models = Readonly<Record<string, unknown>>

/**
 * Compiles a model's schema, in JSON Schema draft 4 as API Gateway reads it. `models` are the API's others, which it may refer to.
 * Formats are not checked. A reference that leads nowhere fits nothing.
 */
export function compileSchema(schema: unknown, models: Models): Fits {
  // The library throws where it has no answer: at a keyword whose value means nothing (`required: true`), at a reference to itself
  // alone, at nesting deeper than the stack. Nothing fits then: the request is refused as one whose body does not fit.
  const validator = attempt(() => new Validator(documentOf(schema, models), '4'))
  return (value) => attempt(() => validator?.validate(value).valid) ?? false
}

function attempt<T>(run: () => T): T | undefined {
  try {
    return run()
  } catch {
    return undefined
  }
}

/** Draft 4's keywords, by what they hold. Others say nothing: `format`, `id`, those of later drafts, a word of another maker. */
const HOLDS_VALUES = new Set([
  ...['type', 'enum', 'required', 'pattern', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  ...['minLength', 'maxLength', 'minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties'],
])
const HOLDS_SCHEMAS = new Set(['additionalItems', 'additionalProperties', 'allOf', 'anyOf', 'items', 'not', 'oneOf'])
const HOLDS_NAMED_SCHEMAS = new Set(['dependencies', 'patternProperties', 'properties'])

const BASE = 'https://apigateway.amazonaws.com/'
const NOTHING: Schema = { not: {} }

/** A schema and the document that its `#/…` references are about. */
interface Place {
  readonly schema: unknown
  readonly document: unknown
}

/** The schema as one document for the library: what is referred to, here or in another model, is among its numbered definitions. */
function documentOf(root: unknown, models: Models): Schema {
  const definitions: Record<string, unknown> = {}
  const numbers = new Map<unknown, number>()

  const refer = (place: Place): Schema => {
    const number = numbers.get(place.schema) ?? numbers.size
    if (!numbers.has(place.schema)) {
      // Before its inside is read: schemas may contain themselves.
      numbers.set(place.schema, number)
      definitions[number] = read(place)
    }
    return { $ref: `${BASE}#/definitions/${number}` }
  }
  const read = ({ schema, document }: Place): unknown => {
    if (!isMap(schema)) return schema
    const inner = (schema: unknown) => read({ schema, document })
    const { $ref } = schema
    // In draft 4 a reference stands for the whole schema.
    if (typeof $ref === 'string') {
      const place = resolve($ref, document, models)
      return place ? refer(place) : NOTHING
    }
    return Object.fromEntries(Object.entries(schema).flatMap(([keyword, value]) => readKeyword(keyword, value, inner)))
  }

  return { $id: BASE, ...refer({ schema: root, document: root }), definitions }
}

function readKeyword(keyword: string, value: unknown, read: (schema: unknown) => unknown): [string, unknown][] {
  if (keyword === 'pattern' && !isExpression(value)) return []
  if (HOLDS_VALUES.has(keyword)) return [[keyword, value]]
  if (HOLDS_SCHEMAS.has(keyword)) return [[keyword, Array.isArray(value) ? value.map(read) : read(value)]]
  if (!HOLDS_NAMED_SCHEMAS.has(keyword) || !isMap(value)) return []
  const members = Object.entries(value).filter(([name]) => keyword !== 'patternProperties' || isExpression(name))
  const schemas = Object.fromEntries(
    members.map(([name, inner]) => [name, read(Array.isArray(inner) ? { required: inner } : inner)]),
  )
  // Its later name, because the library takes `dependencies` for a schema itself, and a member `id` in it for that schema's address.
  return [[keyword === 'dependencies' ? 'dependentSchemas' : keyword, schemas]]
}

/** Others are written for another language's expressions: they say nothing that could be checked. */
function isExpression(pattern: unknown): boolean {
  return attempt(() => new RegExp(String(pattern), 'u')) !== undefined
}

const MODEL = /^https:\/\/apigateway\.amazonaws\.com\/restapis\/[^/]+\/models\/([^/]+)$/

function resolve(reference: string, own: unknown, models: Models): Place | undefined {
  const [url = '', pointer = ''] = reference.split('#')
  const document = url === '' ? own : member(models, MODEL.exec(url)?.[1] ?? '')
  const [start, ...steps] = decodeURIComponent(pointer).split('/')
  // `#name` asks for a schema by its `id`, which API Gateway does not document.
  if (start !== '') return undefined
  const schema = steps.reduce((at, step) => member(at, step.replaceAll('~1', '/').replaceAll('~0', '~')), document)
  return schema === undefined ? undefined : { schema, document }
}

function member(value: unknown, key: string): unknown {
  return isContainer(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return isContainer(value) && !Array.isArray(value)
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
