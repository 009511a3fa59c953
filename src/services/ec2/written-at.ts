import type { Source } from '#core/aws/reason.ts'
import { positionOf } from '#core/template/position.ts'
import type { ResourceRequest } from '#kit/resource.ts'

type Written = Pick<ResourceRequest<unknown>, 'written' | 'logicalId' | 'stack'>

/** Where a template has the resource's properties: kept with what a verdict may rest on. */
export function writtenAt(request: Written): { source?: Source } {
  return sourceOf(request, request.written, '')
}

/** Where a template has one member of a list of the resource's. */
export function memberWrittenAt(request: Written, list: string, index: number): { source?: Source } {
  const members = request.written[list]
  return sourceOf(request, Array.isArray(members) ? members[index] : members, `.${list}[${index}]`)
}

function sourceOf({ logicalId, stack }: Written, node: unknown, below: string): { source?: Source } {
  const position = positionOf(node)
  return position ? { source: { ...position, path: `Resources.${logicalId}.Properties${below}`, stack: stack.name } } : {}
}
