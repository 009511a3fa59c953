import { isMap, type Value, type ValueMap } from '#core/template/value.ts'
import type { Model } from '#services/models/apigateway.ts'
import { own } from '../own.ts'
import { type Importing, mapAt, textAt } from './importing.ts'

const PLACES = ['#/definitions/', '#/components/schemas/']

/** Named schemas become models; their references to one another become addresses of models. */
export function importedModels(importing: Importing): Record<string, Model> {
  const { definitions, components } = importing.document
  const schemas = mapAt(importing, definitions ?? mapAt(importing, components)['schemas'])
  const models: Record<string, Model> = {}
  for (const [name, schema] of Object.entries(schemas)) {
    if (/^[a-zA-Z0-9]+$/.test(name)) models[name] = model(importing, name, schema)
    // unverified: the words around the reason.
    else
      importing.problems.push({
        text: `Unable to create model for '${name}': Model name must be alphanumeric: ${name}`,
        position: undefined,
      })
  }
  return models
}

function model(importing: Importing, name: string, schema: Value): Model {
  const description = isMap(schema) ? textAt(schema['description']) : undefined
  return {
    id: importing.ids.alphanumeric(6),
    name,
    description,
    contentType: 'application/json',
    schema: JSON.stringify(withModelAddresses(importing.apiId, schema), undefined, 2),
  }
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html: models refer to each other by address. */
function withModelAddresses(apiId: string, schema: Value): Value {
  if (Array.isArray(schema)) return schema.map((item) => withModelAddresses(apiId, item))
  if (!isMap(schema)) return schema
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => {
      const name = key === '$ref' && typeof value === 'string' ? referenced(value) : undefined
      return [key, name ? `https://apigateway.amazonaws.com/restapis/${apiId}/models/${name}` : withModelAddresses(apiId, value)]
    }),
  )
}

function referenced(reference: string): string | undefined {
  const place = PLACES.find((prefix) => reference.startsWith(prefix))
  return place && reference.slice(place.length)
}

/** The model that a schema stands for: the one it names, or a new one for a schema written in place. */
export function modelFor(importing: Importing, models: Record<string, Model>, schema: Value | undefined): string | undefined {
  if (!isMap(schema) || Object.keys(schema).length === 0) return undefined
  const reference = textAt(schema['$ref'])
  if (reference === undefined) {
    // unverified: how AWS names models of schemas without a name.
    const name = `MODEL${importing.ids.hex(6)}`
    models[name] = model(importing, name, schema)
    return name
  }
  const name = referenced(reference)
  if (name && own(models, name)) return name
  importing.warnings.push(`Reference to model '${name ?? reference}' not found. Ignoring.`)
  return undefined
}

/** Models by media type, of an OpenAPI 3 `content` map. */
export function modelsOfContent(importing: Importing, models: Record<string, Model>, content: ValueMap): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [type, media] of Object.entries(content)) {
    const name = modelFor(importing, models, mapAt(importing, media)['schema'])
    if (name) found[type] = name
  }
  return found
}
