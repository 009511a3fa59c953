import type { Scope } from '#core/aws/scope.ts'
import type { Ids, Ports } from '#kit/ports.ts'
import type { CreateModelRequest, Model, PatchOperation } from '#services/models/apigateway.ts'
import { changeDefinition, findDefinition, getDefinition } from './definition.ts'
import { own } from './own.ts'
import { type PatchRules, patched, without } from './patch.ts'
import { badRequest, conflict, notFound } from './refusals.ts'

type Reach = Pick<Ports, 'records' | 'ids'>

const schemaText = (schema: object) => JSON.stringify(schema, undefined, 2)
const DRAFT = 'http://json-schema.org/draft-04/schema#'

/** The models that CreateRestApi gives every API. */
export const DEFAULT_MODELS = (ids: Ids): Readonly<Record<string, Model>> => ({
  Empty: {
    id: ids.alphanumeric(6),
    name: 'Empty',
    description: 'This is a default empty schema model',
    schema: schemaText({ $schema: DRAFT, title: 'Empty Schema', type: 'object' }),
    contentType: 'application/json',
  },
  Error: {
    id: ids.alphanumeric(6),
    name: 'Error',
    description: 'This is a default error schema model',
    schema: schemaText({ $schema: DRAFT, title: 'Error Schema', type: 'object', properties: { message: { type: 'string' } } }),
    contentType: 'application/json',
  },
})

const invalidName = (name: string) => notFound(`Invalid model name specified: ${name}`)

export function createModel(input: Omit<CreateModelRequest, 'restApiId'>, apiId: string, scope: Scope, ports: Reach): Model {
  const { name, contentType, description, schema = '' } = input
  const model: Model = { id: ports.ids.alphanumeric(6), name, contentType, description: description || undefined, schema }
  changeDefinition(apiId, scope, ports, (definition) => {
    if (name === '') throw badRequest('Model name must be non-empty')
    // unverified: the words.
    if (!/^[a-zA-Z0-9]+$/.test(name)) throw badRequest(`Model name must be alphanumeric: ${name}`)
    if (schema === '') throw emptySchema()
    if (own(definition.models, name)) throw conflict('Model name already exists for this REST API')
    return { ...definition, models: { ...definition.models, [name]: model } }
  })
  return model
}

const emptySchema = () => badRequest('Model schema must have at least 1 property or array items defined')

export function getModel(apiId: string, name: string, scope: Scope, ports: Pick<Ports, 'records'>): Model {
  const model = own(findDefinition(apiId, scope, ports)?.models, name)
  if (!model) throw invalidName(name)
  return model
}

export function listModels(apiId: string, scope: Scope, ports: Pick<Ports, 'records'>): Model[] {
  return Object.values(getDefinition(apiId, scope, ports).models)
}

export function updateModel(
  apiId: string,
  name: string,
  operations: readonly PatchOperation[] | undefined,
  scope: Scope,
  ports: Pick<Ports, 'records'>,
): Model {
  const model = patched(getModel(apiId, name, scope, ports), operations, MODEL_PATCHES)
  changeDefinition(apiId, scope, ports, (definition) => ({ ...definition, models: { ...definition.models, [name]: model } }))
  return model
}

export function deleteModel(apiId: string, name: string, scope: Scope, ports: Pick<Ports, 'records'>): void {
  getModel(apiId, name, scope, ports)
  changeDefinition(apiId, scope, ports, (definition) => {
    const user = Object.values(definition.resources)
      .flatMap((resource) => Object.values(resource.methods))
      .some((method) => Object.values(method.requestModels ?? {}).includes(name))
    // unverified: the words.
    if (user) throw conflict(`Cannot delete model '${name}', is referenced in method request`)
    return { ...definition, models: without(definition.models, name) ?? {} }
  })
}

const MODEL_PATCHES: PatchRules<Model> = {
  replace: {
    '/description': (model, description) => ({ ...model, description: description || undefined }),
    '/schema': (model, schema) => {
      if (schema === '') throw emptySchema()
      return { ...model, schema }
    },
  },
}
