import type { MethodSnapshot, RestApiSnapshot } from './deployment.ts'
import { compileSchema, type Fits } from './json-schema.ts'
import { bareType } from './media-type.ts'

/** What a method's request validator asks of requests. */
export interface CompiledValidation {
  /** Places of required parameters, such as `header` `x-tenant`, in the order in which a refusal names them. */
  readonly parameters: readonly { readonly place: string; readonly name: string }[]
  /** By media type, or `$default`. */
  readonly bodies: ReadonlyMap<string, { readonly model: string; readonly fits: Fits }>
}

export function compileValidation(
  { validation }: MethodSnapshot,
  { models = {} }: RestApiSnapshot,
): CompiledValidation | undefined {
  if (!validation) return undefined
  const schemas = Object.fromEntries(Object.entries(models).map(([name, text]) => [name, schemaIn(text)]))
  const bodies = Object.entries(validation.models).map(([media, model]) => {
    const schema = Object.hasOwn(schemas, model) ? schemas[model] : undefined
    const fits = schema === undefined ? () => false : compileSchema(schema, schemas)
    return [media === ANY ? media : bareType(media), { model, fits }] as const
  })
  return { parameters: validation.parameters.toSorted().flatMap(parameterIn), bodies: new Map(bodies) }
}

const ANY = '$default'

/** Where the content type has no model of its own, `$default`'s counts; without that the body is not looked at. */
export function validatorOf({ bodies }: CompiledValidation, contentType = 'application/json') {
  return bodies.get(bareType(contentType)) ?? bodies.get(ANY)
}

function parameterIn(place: string) {
  const [, kind = '', name = ''] = /^method\.request\.(path|querystring|header)\.(.+)$/.exec(place) ?? []
  return kind ? [{ place: kind, name }] : []
}

/** `undefined` where the model is no JSON: nothing can fit it. */
function schemaIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
