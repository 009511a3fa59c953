import { AwsError } from '../aws/aws-error.ts'
import { referencesIn } from './references.ts'
import type { ResourceDefinition } from './resources.ts'

type Conditions = Readonly<Record<string, boolean>>

/** The names that this resource mentions under these conditions, or waits for by `DependsOn`. Parameters are among them. */
export function dependenciesOf(definition: ResourceDefinition, conditions: Conditions): ReadonlySet<string> {
  return new Set([...referencesIn(definition.properties, conditions).map(({ logicalId }) => logicalId), ...definition.dependsOn])
}

/** What each resource waits for, dependencies before dependents. Only what is in `definitions` is in the graph. Refuses a circle. */
export function dependencyGraph(
  definitions: readonly ResourceDefinition[],
  conditions: Conditions,
): ReadonlyMap<string, ReadonlySet<string>> {
  const byId = new Map(definitions.map((definition) => [definition.logicalId, definition]))
  const waitsFor = new Map(
    definitions.map((definition) => [
      definition.logicalId,
      new Set([...dependenciesOf(definition, conditions)].filter((logicalId) => byId.has(logicalId))),
    ]),
  )
  const waiting = new Map([...waitsFor].map(([logicalId, dependencies]) => [logicalId, dependencies.size]))
  const dependents = new Map<string, string[]>()
  for (const [logicalId, dependencies] of waitsFor)
    for (const dependency of dependencies) dependents.set(dependency, [...(dependents.get(dependency) ?? []), logicalId])

  const ordered = new Map<string, ReadonlySet<string>>()
  const ready = [...waiting].filter(([, count]) => count === 0).map(([logicalId]) => logicalId)
  // `ready` grows while it is walked: each resource frees those that waited for it last.
  for (const logicalId of ready) {
    ordered.set(logicalId, waitsFor.get(logicalId) ?? new Set())
    for (const dependent of dependents.get(logicalId) ?? []) {
      const left = (waiting.get(dependent) ?? 0) - 1
      waiting.set(dependent, left)
      if (left === 0) ready.push(dependent)
    }
  }
  if (ordered.size < definitions.length) throw circle(waitsFor, ordered, byId)
  return ordered
}

/** Names the resources of the circles only, not those that merely wait for one. */
function circle(
  waitsFor: ReadonlyMap<string, ReadonlySet<string>>,
  ordered: ReadonlyMap<string, unknown>,
  byId: ReadonlyMap<string, ResourceDefinition>,
): AwsError {
  let left = new Set([...waitsFor.keys()].filter((logicalId) => !ordered.has(logicalId)))
  for (;;) {
    const needed = new Set([...left].flatMap((logicalId) => [...(waitsFor.get(logicalId) ?? [])]))
    const kept = new Set([...left].filter((logicalId) => needed.has(logicalId)))
    if (kept.size === left.size) break
    left = kept
  }
  const ids = [...left]
  const message = `Circular dependency between resources: [${ids.join(', ')}]`
  return new AwsError('ValidationError', message, { position: byId.get(ids[0] ?? '')?.position })
}
