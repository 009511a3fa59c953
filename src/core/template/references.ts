import { callIn } from './intrinsics/registry.ts'
import type { Position } from './position.ts'
import type { ResourceReference } from './scope.ts'
import { isList, isMap, type Value } from './value.ts'

/** A mention of a resource or parameter, and where it stands. */
export interface FoundReference extends ResourceReference {
  readonly at: Position | undefined
}

/**
 * What a value mentions, in the order of its text. Under `conditions` only the branches that count are looked into; without them
 * all are. A condition that nobody knows counts as both.
 */
export function referencesIn(value: Value, conditions: Readonly<Record<string, boolean>> = {}): readonly FoundReference[] {
  const found: FoundReference[] = []
  const visit = (node: Value) => {
    const call = callIn(node)
    if (!call) return visitMembers(node)
    const { intrinsic, argument, at } = call
    for (const reference of intrinsic.references?.(argument) ?? []) found.push({ ...reference, at })
    const condition = intrinsic.condition?.(argument)
    if (condition !== undefined && isList(argument) && Object.hasOwn(conditions, condition))
      return visit(argument[conditions[condition] ? 1 : 2] ?? null)
    visitMembers(argument)
  }
  const visitMembers = (node: Value) => {
    if (isList(node)) node.forEach(visit)
    else if (isMap(node)) Object.values(node).forEach(visit)
  }
  visit(value)
  return found
}
