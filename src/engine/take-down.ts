import type { PhysicalResource, StackResource } from '#kit/stacks.ts'
import { pauseOf, type Run } from './context.ts'
import { attempt, type Outcome, requestFor } from './handler.ts'
import { acyclic, type Graph, reversed, walk } from './walk.ts'

/** What to do with the physical resources of one logical id. */
export interface Removal {
  readonly resource: StackResource
  readonly remove: readonly PhysicalResource[]
  /** Left behind, and said so. */
  readonly skip: readonly PhysicalResource[]
  /** Called once nothing of it is left to remove. */
  done(): void
}

/**
 * What is removed goes before what it depended on. Answers the logical ids that could not be removed.
 *
 * @param onFailure whether what they depended on stays as well, to be tried again, or is tried all the same
 */
export async function takeDown(run: Run, removals: readonly Removal[], onFailure: 'stay' | 'go on'): Promise<string[]> {
  const failed: string[] = []
  const byId = new Map(removals.map((removal) => [removal.resource.logicalId, removal]))
  await walk(
    reversed(acyclic(graphOf(removals))),
    async (logicalId) => {
      const removal = byId.get(logicalId)
      if (!removal) return true
      for (const physical of removal.skip) {
        run.journal.tell(removal.resource, 'DELETE_SKIPPED', { physicalId: physical.id, properties: physical.written })
      }
      let complete = true
      for (const physical of removal.remove) {
        if (!(await removePhysical(run, removal.resource, physical))) complete = false
      }
      if (complete) removal.done()
      else failed.push(logicalId)
      return complete || onFailure === 'go on'
    },
    pauseOf(run),
  )
  return failed
}

function graphOf(removals: readonly Removal[]): Graph {
  return new Map(
    removals.map(({ resource, remove, skip }) => [
      resource.logicalId,
      new Set([...remove, ...skip].flatMap(({ dependsOn }) => dependsOn)),
    ]),
  )
}

function removePhysical(run: Run, resource: StackResource, physical: PhysicalResource): boolean | Promise<boolean> {
  const { journal, ports } = run
  const isCurrent = resource.current?.id === physical.id
  const tell = (status: 'DELETE_IN_PROGRESS' | 'DELETE_COMPLETE' | 'DELETE_FAILED', reason?: string) => {
    const told = { physicalId: physical.id, properties: physical.written, reason }
    if (isCurrent) journal.mark({ ...resource, status }, told)
    else journal.tell(resource, status, told)
  }
  const type = run.types.get(physical.type)
  tell('DELETE_IN_PROGRESS')
  if (physical.isStub) {
    tell('DELETE_COMPLETE')
    return true
  }
  if (!type) {
    tell('DELETE_FAILED', `Postern does not know the resource type \`${physical.type}\` any more`)
    return false
  }
  const settle = (outcome: Outcome<void>): boolean => {
    if (outcome.ok) tell('DELETE_COMPLETE')
    else tell('DELETE_FAILED', outcome.reason)
    return outcome.ok
  }
  const { id: ref, attributes } = physical
  return attempt(
    run,
    physical.type,
    () => type.delete({ ...requestFor(run, type, resource.logicalId, physical), ref, attributes }, ports),
    settle,
  )
}
