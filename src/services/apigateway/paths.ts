import type { Definition, Resource } from './definition.ts'
import { badRequest, conflict } from './refusals.ts'

/** Resources an API may have: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
export const MAX_RESOURCES = 300

const PATH_PART = /^(?:[a-zA-Z0-9._\-:%~$*,!@=+&;']+|\{[a-zA-Z0-9._\-:]+\+?\})$/

export function rootOf({ resources }: Definition): Resource {
  const root = Object.values(resources).find((resource) => resource.parentId === undefined)
  if (!root) throw new Error('an API definition without a root resource')
  return root
}

/** `/`, `/pets/{id}`. */
export function pathOf({ resources }: Definition, resource: Resource): string {
  const parts: string[] = []
  for (let at: Resource | undefined = resource; at?.parentId !== undefined; at = resources[at.parentId]) {
    parts.unshift(at.pathPart ?? '')
  }
  return `/${parts.join('/')}`
}

export function childrenOf({ resources }: Definition, parentId: string): Resource[] {
  return Object.values(resources).filter((resource) => resource.parentId === parentId)
}

/** The resource and all below it. */
export function subtreeOf(definition: Definition, id: string): string[] {
  return [id, ...childrenOf(definition, id).flatMap((child) => subtreeOf(definition, child.id))]
}

/** Refuses a name that cannot stand below this parent, whoever asks: an operation, a template, an import. */
export function checkPathPart(definition: Definition, parent: Resource, pathPart: string, self?: string): void {
  if (!PATH_PART.test(pathPart))
    throw badRequest(
      "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.",
    )
  if (isGreedy(parent.pathPart ?? ''))
    throw badRequest(`Cannot create a child of a resource with a greedy path variable: ${parent.pathPart}`)
  for (const sibling of childrenOf(definition, parent.id)) {
    if (sibling.id === self) continue
    if (sibling.pathPart === pathPart) throw conflict(`Another resource with the same parent already has this name: ${pathPart}`)
    if (isVariable(pathPart) && isVariable(sibling.pathPart ?? ''))
      throw badRequest(
        `A sibling (${sibling.pathPart}) of this resource already has a variable path part -- only one unique variable path part is allowed`,
      )
  }
}

export const isVariable = (pathPart: string) => pathPart.startsWith('{')
const isGreedy = (pathPart: string) => pathPart.endsWith('+}')

/** `/pets/{id}/{rest+}` → `id`, `rest` */
export function variablesOf(path: string): string[] {
  return path
    .split('/')
    .filter(isVariable)
    .map((part) => part.replace(/^\{|\+?\}$/g, ''))
}
