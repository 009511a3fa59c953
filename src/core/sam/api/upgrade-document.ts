import { isMap, type Value, type ValueMap } from '../../template/value.ts'
import { put } from '../copy.ts'
import { isVersion3 } from '../openapi/version.ts'
import { truthy } from '../python.ts'
import { beforeChange, closeEdit, removeMember } from '../python2/history.ts'
import { own, setOwn } from '../python2/own-words.ts'
import { invalidDocument } from '../refusal.ts'
import type { Transformation } from '../transformation.ts'

/** Moves what SAM writes in the manner of Swagger 2 to where OpenAPI 3 keeps it. */
export function upgradeDocument(
  document: ValueMap,
  version: Value | undefined,
  { normalizeOpenApiVersion }: Transformation,
): void {
  if ((document['swagger'] ?? null) !== null) return
  if (!isVersion3(effectiveVersion(document, version, normalizeOpenApiVersion), 'openapi')) return
  closeEdit(document)
  beforeChange(document, document)
  moveToComponents(document, 'securityDefinitions', 'securitySchemes')
  moveToComponents(document, 'definitions', 'schemas')
  const { paths } = document
  if (!truthy(paths)) return
  if (!isMap(paths)) throw invalidDocument('Value of paths must be a dictionary according to Swagger spec.')
  for (const [path, item] of Object.entries(paths)) {
    if (!isMap(item)) throw invalidDocument(`Value of '${path}' path must be a dictionary according to Swagger spec.`)
    if (truthy(item['options'])) upgradeOptions(document, path, item['options']!)
  }
}

/** What holds the version that counts under `openapi`: the document, or what says the resource's `OpenApiVersion`. */
function effectiveVersion(document: ValueMap, version: Value | undefined, normalize: boolean): ValueMap {
  const own = (document['openapi'] ?? null) !== null
  const asked = (version ?? null) !== null
  return own && (normalize || !asked) ? document : { openapi: version ?? null }
}

function moveToComponents(document: ValueMap, from: string, to: string): void {
  if (!truthy(document[from])) return
  const found = document['components']
  const components = isMap(found) && truthy(found) ? found : {}
  beforeChange(document, components)
  setOwn(components, to, document[from]!)
  if (components !== found) setOwn(document, 'components', components)
  removeMember(document, document, from)
}

function upgradeOptions(document: ValueMap, path: string, options: Value): void {
  if (!isMap(options)) {
    throw invalidDocument(`Value of options method for path ${path} must be a dictionary according to Swagger spec.`)
  }
  for (const name of ['produces', 'consumes']) if (Object.hasOwn(options, name)) removeMember(document, options, name)
  if (!Object.hasOwn(options, 'responses')) return
  const headers = headersOf200(path, options['responses']!)
  if (!truthy(headers)) return
  if (!isMap(headers)) {
    throw invalidDocument(
      `Value of response's headers in options method for path ${path} must be a dictionary according to Swagger spec.`,
    )
  }
  for (const [name, schema] of Object.entries(headers)) put(headers, name, own({ schema }))
}

function headersOf200(path: string, responses: Value): Value | undefined {
  const invalid = (because: string) => invalidDocument(`Invalid responses in options method for path ${path}: ${because}.`)
  if (responses === null) return undefined
  if (!isMap(responses)) throw invalid('It should be a map')
  const ok = responses['200'] ?? null
  if (ok === null) return undefined
  if (!isMap(ok)) throw invalid("The value of '200' should be a map")
  return ok['headers']
}
