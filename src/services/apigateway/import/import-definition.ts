import { positionOfMember } from '#core/template/position.ts'
import type { ValueMap } from '#core/template/value.ts'
import type { Definition } from '../definition.ts'
import { method, withMethod } from '../methods.ts'
import { childrenOf, pathOf, rootOf } from '../paths.ts'
import { withResource } from '../resources.ts'
import { basePathOf } from './base-path.ts'
import { attempt, type Importing, mapAt, sourceOf } from './importing.ts'
import { importedIntegration } from './integration.ts'
import { type Declared, importedMethod, importedMethodResponses } from './operation.ts'
import { importedModels } from './schemas.ts'
import { importedAuthorizers } from './security.ts'
import { importedGatewayResponses, importedValidators } from './settings.ts'

export type ImportMode = 'overwrite' | 'merge'

const VERBS: Readonly<Record<string, string>> = {
  get: 'GET',
  put: 'PUT',
  post: 'POST',
  delete: 'DELETE',
  options: 'OPTIONS',
  head: 'HEAD',
  patch: 'PATCH',
  'x-amazon-apigateway-any-method': 'ANY',
}

/**
 * What the API consists of after the import. `overwrite` leaves nothing of what was there but the ids of paths that stay; `merge` adds to
 * it and replaces what both have. Problems are gathered in `importing`.
 */
export function importDefinition(
  importing: Importing,
  before: Definition,
  mode: ImportMode,
  basePathMode: string | undefined,
): Definition {
  const authorizers = importedAuthorizers(importing)
  const validators = importedValidators(importing)
  const kept = mode === 'merge' ? before : emptied(before)
  const models = { ...kept.models, ...importedModels(importing) }
  const declared: Declared = {
    models,
    authorizers: { ...named(kept.authorizers, authorizers), ...authorizers },
    validators: { ...named(kept.requestValidators, validators), ...validators },
  }
  let definition: Definition = {
    ...kept,
    models,
    authorizers: declared.authorizers,
    requestValidators: declared.validators,
    gatewayResponses: { ...kept.gatewayResponses, ...importedGatewayResponses(importing) },
  }
  const prefix = basePathOf(importing, basePathMode)
  const idOf = knownIds(before, importing)
  const paths = mapAt(importing, importing.document['paths'])
  for (const [path, node] of Object.entries(paths)) {
    if (!path.startsWith('/')) continue
    definition = importPath(importing, definition, `${prefix}${path}`, path, mapAt(importing, node), declared, idOf) ?? definition
  }
  return definition
}

/** The root alone, without methods. */
function emptied(definition: Definition): Definition {
  const { sources: _gone, ...root } = rootOf(definition)
  return {
    resources: { [root.id]: { ...root, methods: {} } },
    models: {},
    requestValidators: {},
    authorizers: {},
    gatewayResponses: {},
  }
}

/** What was there, except what comes again under the same name. */
function named<T extends { readonly name?: string | undefined }>(
  before: Readonly<Record<string, T>>,
  added: Readonly<Record<string, T>>,
) {
  const again = new Set(Object.values(added).map(({ name }) => name))
  return Object.fromEntries(Object.entries(before).filter(([, { name }]) => !again.has(name)))
}

/** A path keeps its id through imports, as far as it was there before. */
function knownIds(before: Definition, { ids }: Importing): (path: string) => string {
  const known = new Map(Object.values(before.resources).map((resource) => [pathOf(before, resource), resource.id]))
  return (path) => known.get(path) ?? ids.alphanumeric(6)
}

function importPath(
  importing: Importing,
  before: Definition,
  path: string,
  written: string,
  item: ValueMap,
  declared: Declared,
  idOf: (path: string) => string,
): Definition | undefined {
  const position = positionOfMember(mapAt(importing, importing.document['paths']), written)
  const placed = attempt(importing, `Unable to create resource at path '${path}'`, position, () => withPath(before, path, idOf))
  if (!placed) return undefined
  let { definition } = placed
  for (const [key, httpMethod] of Object.entries(VERBS)) {
    if (item[key] === undefined) continue
    const operation = mapAt(importing, item[key])
    // Schemas written in place have become models by now.
    const settings = importedMethod(importing, path, item, operation, declared)
    const responses = importedMethodResponses(importing, operation, declared)
    definition = { ...definition, models: { ...declared.models } }
    const source = sourceOf(importing, item, key, `paths.${written}.${key}`)
    const put = attempt(importing, `Unable to put method '${httpMethod}' on resource at path '${path}'`, source, () =>
      method(definition, httpMethod, settings),
    )
    if (!put) continue
    const extension = operation['x-amazon-apigateway-integration']
    const methodIntegration =
      extension === undefined
        ? undefined
        : attempt(importing, `Unable to put integration on '${httpMethod}' for resource at path '${path}'`, source, () =>
            importedIntegration(importing, mapAt(importing, extension), { resourceId: placed.id, path, httpMethod }),
          )
    definition = withMethod(
      definition,
      { resourceId: placed.id, httpMethod },
      { ...put, ...(responses && { methodResponses: responses }), ...(methodIntegration && { methodIntegration }) },
      source,
    )
  }
  return definition
}

/** The definition with this path in it, its parents made where they are missing. */
function withPath(before: Definition, path: string, idOf: (path: string) => string): { definition: Definition; id: string } {
  let definition = before
  let { id } = rootOf(before)
  let at = ''
  for (const pathPart of path.split('/').filter((part) => part !== '')) {
    at = `${at}/${pathPart}`
    const existing = childrenOf(definition, id).find((child) => child.pathPart === pathPart)
    const next = existing?.id ?? idOf(at)
    if (!existing) definition = withResource(definition, { id: next, parentId: id, pathPart, methods: {} })
    id = next
  }
  return { definition, id }
}
