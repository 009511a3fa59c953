import type { ResourceDefinition } from './resources.ts'

/** The logical ids that must exist before this resource: mentioned by its properties under these conditions, or by `DependsOn`. */
export function dependenciesOf(
  _definition: ResourceDefinition,
  _conditions: Readonly<Record<string, boolean>>,
): ReadonlySet<string> {
  throw new Error('being written')
}

/** Refuses a circle. Only what is in `definitions` is in the graph. Iteration is in an order that respects the dependencies. */
export function dependencyGraph(
  _definitions: readonly ResourceDefinition[],
  _conditions: Readonly<Record<string, boolean>>,
): ReadonlyMap<string, ReadonlySet<string>> {
  throw new Error('being written')
}
