/** Whether a value fits a schema. */
export type Fits = (value: unknown) => boolean

type Schema = Readonly<Record<string, unknown>>

/** What a `$ref` leads to: a schema and the document that its own `#/…` references are about. */
interface Place {
  readonly schema: unknown
  readonly document: unknown
}

const MODEL = /^https:\/\/apigateway\.amazonaws\.com\/restapis\/[^/]+\/models\/([^/#]+)$/

/**
 * Compiles a model's schema, in JSON Schema draft 4 as API Gateway reads it. `models` are the API's others, which it may refer to.
 * Formats are not checked. A reference that leads nowhere fits nothing.
 */
export function compileSchema(schema: unknown, models: Readonly<Record<string, unknown>>): Fits {
  const compiled = new Map<unknown, Fits>()
  const compile = ({ schema, document }: Place): Fits => {
    const known = compiled.get(schema)
    if (known) return known
    let fits: Fits = () => true
    // Schemas may contain themselves: the one that is being compiled is found here by those inside it.
    compiled.set(schema, (value) => fits(value))
    fits = isMap(schema) ? rulesOf(schema, (inner) => compile({ schema: inner, document }), follow(document)) : fits
    return fits
  }
  const follow = (document: unknown) => (reference: string) => {
    const found = resolve(reference, document, models)
    return found ? compile(found) : () => false
  }
  return compile({ schema, document: schema })
}

function resolve(reference: string, document: unknown, models: Readonly<Record<string, unknown>>): Place | undefined {
  const model = MODEL.exec(reference)?.[1]
  if (model !== undefined) {
    const schema = Object.hasOwn(models, model) ? models[model] : undefined
    return schema === undefined ? undefined : { schema, document: schema }
  }
  if (!reference.startsWith('#')) return undefined
  const steps = reference.slice(1).split('/').slice(1)
  const schema = steps.reduce<unknown>((at, step) => {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~')
    return isMap(at) && Object.hasOwn(at, key) ? at[key] : undefined
  }, document)
  return schema === undefined ? undefined : { schema, document }
}

function rulesOf(schema: Schema, compile: (schema: unknown) => Fits, follow: (reference: string) => Fits): Fits {
  // In draft 4 a reference stands for the whole schema.
  if (typeof schema['$ref'] === 'string') return follow(schema['$ref'])
  const rules = [
    ...generalRules(schema, compile),
    when(isNumber, numberRules(schema)),
    when(isText, textRules(schema)),
    when(Array.isArray, listRules(schema, compile)),
    when(isMap, mapRules(schema, compile)),
  ]
  return (value) => rules.every((fits) => fits(value))
}

/** Rules for one kind of value: others fit. */
function when<T>(is: (value: unknown) => value is T, rules: readonly ((value: T) => boolean)[]): Fits {
  return (value) => !is(value) || rules.every((fits) => fits(value))
}

const TYPES: Readonly<Record<string, Fits>> = {
  array: Array.isArray,
  boolean: (value) => typeof value === 'boolean',
  integer: Number.isInteger,
  null: (value) => value === null,
  number: isNumber,
  object: isMap,
  string: isText,
}

function generalRules(schema: Schema, compile: (schema: unknown) => Fits): Fits[] {
  const { type, enum: members, allOf, anyOf, oneOf, not } = schema
  const rules: Fits[] = []
  const types = typeof type === 'string' ? [type] : listOf(type)
  if (types) rules.push((value) => types.some((name) => TYPES[String(name)]?.(value)))
  if (Array.isArray(members)) rules.push((value) => members.some((member) => isSame(member, value)))
  const all = listOf(allOf)?.map(compile)
  const any = listOf(anyOf)?.map(compile)
  const one = listOf(oneOf)?.map(compile)
  if (all) rules.push((value) => all.every((fits) => fits(value)))
  if (any) rules.push((value) => any.some((fits) => fits(value)))
  if (one) rules.push((value) => one.filter((fits) => fits(value)).length === 1)
  if (isMap(not)) {
    const unwanted = compile(not)
    rules.push((value) => !unwanted(value))
  }
  return rules
}

function numberRules({ minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf }: Schema) {
  const rules: ((value: number) => boolean)[] = []
  if (isNumber(minimum)) rules.push((value) => (exclusiveMinimum === true ? value > minimum : value >= minimum))
  if (isNumber(maximum)) rules.push((value) => (exclusiveMaximum === true ? value < maximum : value <= maximum))
  if (isNumber(multipleOf)) rules.push((value) => Number.isInteger(value / multipleOf))
  return rules
}

function textRules({ minLength, maxLength, pattern }: Schema) {
  const rules: ((value: string) => boolean)[] = []
  if (isNumber(minLength)) rules.push((value) => [...value].length >= minLength)
  if (isNumber(maxLength)) rules.push((value) => [...value].length <= maxLength)
  const expression = isText(pattern) ? expressionOf(pattern) : undefined
  if (expression) rules.push((value) => expression.test(value))
  return rules
}

function listRules({ items, additionalItems, minItems, maxItems, uniqueItems }: Schema, compile: (schema: unknown) => Fits) {
  const rules: ((value: readonly unknown[]) => boolean)[] = []
  if (isNumber(minItems)) rules.push((value) => value.length >= minItems)
  if (isNumber(maxItems)) rules.push((value) => value.length <= maxItems)
  if (uniqueItems === true)
    rules.push((value) => value.every((one, at) => !value.slice(0, at).some((other) => isSame(one, other))))
  if (isMap(items)) {
    const fits = compile(items)
    rules.push((value) => value.every(fits))
  }
  if (Array.isArray(items)) {
    const places = items.map(compile)
    const rest = additionalItems === false ? () => false : compile(additionalItems)
    rules.push((value) => value.every((item, index) => (places[index] ?? rest)(item)))
  }
  return rules
}

function mapRules(schema: Schema, compile: (schema: unknown) => Fits) {
  const { required, minProperties, maxProperties, dependencies } = schema
  const rules: ((value: Schema) => boolean)[] = [memberRule(schema, compile)]
  if (Array.isArray(required)) rules.push((value) => required.every((key) => Object.hasOwn(value, String(key))))
  if (isNumber(minProperties)) rules.push((value) => Object.keys(value).length >= minProperties)
  if (isNumber(maxProperties)) rules.push((value) => Object.keys(value).length <= maxProperties)
  for (const [key, needed] of Object.entries(isMap(dependencies) ? dependencies : {})) {
    const fits = Array.isArray(needed) ? compile({ required: needed }) : compile(needed)
    rules.push((value) => !Object.hasOwn(value, key) || fits(value))
  }
  return rules
}

/** Each member fits what is said of its name, and where nothing is, what is said of the rest. */
function memberRule({ properties, patternProperties, additionalProperties }: Schema, compile: (schema: unknown) => Fits) {
  const named = new Map(Object.entries(isMap(properties) ? properties : {}).map(([key, inner]) => [key, compile(inner)]))
  const patterns = Object.entries(isMap(patternProperties) ? patternProperties : {}).flatMap(([pattern, inner]) => {
    const expression = expressionOf(pattern)
    return expression ? [{ expression, fits: compile(inner) }] : []
  })
  const rest = additionalProperties === false ? () => false : compile(additionalProperties)
  return (value: Schema) =>
    Object.entries(value).every(([key, member]) => {
      const own = named.get(key)
      const matching = patterns.filter(({ expression }) => expression.test(key))
      if (!own && matching.length === 0) return rest(member)
      return (!own || own(member)) && matching.every(({ fits }) => fits(member))
    })
}

function expressionOf(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern, 'u')
  } catch {
    // Written for another language's expressions: it says nothing that could be checked.
    return undefined
  }
}

function isSame(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, index) => isSame(item, b[index]))
  if (!isMap(a) || !isMap(b)) return a === b
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]))
}

function isMap(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number'
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function listOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined
}
