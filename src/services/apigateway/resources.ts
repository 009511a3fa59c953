import type { Scope } from '#core/aws/scope.ts'
import type { Ports } from '#kit/ports.ts'
import type { PatchOperation, Resource as ResourceAnswer } from '#services/models/apigateway.ts'
import { changeDefinition, type Definition, getDefinition, invalidResource, type Resource } from './definition.ts'
import { own } from './own.ts'
import { type PatchRules, patched } from './patch.ts'
import { checkPathPart, MAX_RESOURCES, pathOf, subtreeOf } from './paths.ts'
import { badRequest } from './refusals.ts'

type Reach = Pick<Ports, 'records' | 'ids'>

export function resourceOf(definition: Definition, id: string): Resource {
  const resource = own(definition.resources, id)
  if (!resource) throw invalidResource()
  return resource
}

export function getResource(apiId: string, id: string, scope: Scope, ports: Pick<Ports, 'records'>): ResourceAnswer {
  const definition = getDefinition(apiId, scope, ports, invalidResource())
  return describeResource(definition, resourceOf(definition, id))
}

export function listResources(apiId: string, scope: Scope, ports: Pick<Ports, 'records'>): ResourceAnswer[] {
  const definition = getDefinition(apiId, scope, ports)
  return Object.values(definition.resources).map((resource) => describeResource(definition, resource))
}

export function createResource(apiId: string, wanted: { parentId: string; pathPart: string }, scope: Scope, ports: Reach) {
  const id = ports.ids.alphanumeric(6)
  const definition = changeDefinition(
    apiId,
    scope,
    ports,
    (before) => withResource(before, { id, ...wanted, methods: {} }),
    invalidResource(),
  )
  return describeResource(definition, resourceOf(definition, id))
}

/** The definition with one resource more, or AWS's refusal. */
export function withResource(definition: Definition, resource: Resource & { parentId: string; pathPart: string }): Definition {
  checkPathPart(definition, resourceOf(definition, resource.parentId), resource.pathPart)
  // unverified: the limit is documented, its words are not.
  if (Object.keys(definition.resources).length >= MAX_RESOURCES)
    throw badRequest(
      'Maximum number of Resources for this API has been reached. Please contact AWS if you need additional Resources.',
    )
  return { ...definition, resources: { ...definition.resources, [resource.id]: resource } }
}

export function updateResource(
  apiId: string,
  id: string,
  operations: readonly PatchOperation[] | undefined,
  scope: Scope,
  ports: Reach,
) {
  const definition = changeDefinition(
    apiId,
    scope,
    ports,
    (before) => {
      const moved = patched({ definition: before, resource: resourceOf(before, id) }, operations, RESOURCE_PATCHES)
      return moved.definition
    },
    invalidResource(),
  )
  return describeResource(definition, resourceOf(definition, id))
}

/** Removes the resource and everything below it. */
export function deleteResource(apiId: string, id: string, scope: Scope, ports: Reach): void {
  changeDefinition(
    apiId,
    scope,
    ports,
    (definition) => {
      const { parentId } = resourceOf(definition, id)
      // unverified: the words.
      if (parentId === undefined) throw badRequest('Root resource cannot be deleted')
      const gone = new Set(subtreeOf(definition, id))
      return {
        ...definition,
        resources: Object.fromEntries(Object.entries(definition.resources).filter(([key]) => !gone.has(key))),
      }
    },
    invalidResource(),
  )
}

interface Placed {
  readonly definition: Definition
  readonly resource: Resource
}

const RESOURCE_PATCHES: PatchRules<Placed> = {
  replace: {
    '/parentId': ({ definition, resource }, parentId) => {
      if (resource.parentId === undefined) throw badRequest('Root resource cannot update its parentId.')
      const parent = resourceOf(definition, parentId)
      if (subtreeOf(definition, resource.id).includes(parent.id)) throw badRequest('Resources cannot be cyclical.')
      checkPathPart(definition, parent, resource.pathPart ?? '', resource.id)
      return place(definition, { ...resource, parentId })
    },
    '/pathPart': ({ definition, resource }, pathPart) => {
      if (resource.parentId === undefined) throw badRequest('Root resource cannot update its pathPart.')
      checkPathPart(definition, resourceOf(definition, resource.parentId), pathPart, resource.id)
      return place(definition, { ...resource, pathPart })
    },
  },
}

function place(definition: Definition, resource: Resource): Placed {
  return { definition: { ...definition, resources: { ...definition.resources, [resource.id]: resource } }, resource }
}

/** As lists show it: the methods by name alone. */
function describeResource(definition: Definition, resource: Resource): ResourceAnswer {
  const { id, parentId, pathPart, methods } = resource
  return {
    id,
    ...(parentId !== undefined && { parentId, pathPart }),
    path: pathOf(definition, resource),
    ...(Object.keys(methods).length > 0 && {
      resourceMethods: Object.fromEntries(Object.keys(methods).map((method) => [method, {}])),
    }),
  }
}

/** With `embed=methods`, lists show the methods whole. */
export function embedMethods(definition: Definition, answer: ResourceAnswer): ResourceAnswer {
  const methods = definition.resources[answer.id ?? '']?.methods ?? {}
  return Object.keys(methods).length > 0 ? { ...answer, resourceMethods: methods } : answer
}
