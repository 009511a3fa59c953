import type { Source } from '#core/aws/reason.ts'
import { positionOfMember } from '#core/template/position.ts'
import type { ResourceRequest } from '#kit/resource.ts'

/** Where a template writes this property of the resource; nothing for a template without positions. */
export function templateSource(request: Pick<ResourceRequest<unknown>, 'written' | 'logicalId' | 'stack'>, property: string) {
  const position = positionOfMember(request.written, property)
  if (!position) return undefined
  const source: Source = { ...position, path: templatePath(request.logicalId, property), stack: request.stack.name }
  return source
}

export const templatePath = (logicalId: string, property: string) => `Resources.${logicalId}.Properties.${property}`
