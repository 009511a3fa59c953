import type { DeletionPolicy } from '#core/template/resources.ts'
import type { PhysicalResource, StackResource } from '#kit/stacks.ts'
import type { Run } from './context.ts'
import { type Removal, takeDown } from './take-down.ts'

export type Occasion =
  /** The stack's own deletion, or the removal of a resource from its template. */
  | 'deletion'
  /** A resource that came into being in the operation that is being rolled back. */
  | 'rollback'

// There is nothing here to take a snapshot of, so nothing is lost by keeping instead.
export function isKept(policy: DeletionPolicy, occasion: Occasion): boolean {
  return policy === 'Retain' || policy === 'Snapshot' || (policy === 'RetainExceptOnCreate' && occasion === 'deletion')
}

/** Deletes all resources of the stack. Answers the logical ids that could not be deleted. */
export function deleteAll(run: Run, occasion: Occasion, retain: readonly string[] = []): Promise<string[]> {
  return takeDown(
    run,
    run.journal
      .resources()
      .filter(({ status }) => status !== 'DELETE_COMPLETE' && status !== 'DELETE_SKIPPED')
      .map((resource) => removalOf(run, resource, occasion, retain.includes(resource.logicalId))),
    'stay',
  )
}

function removalOf(run: Run, resource: StackResource, occasion: Occasion, retained: boolean): Removal {
  const all = physicalResources(resource)
  const kept = (one: PhysicalResource) => retained || isKept(one.deletionPolicy, occasion)
  const { journal } = run
  return {
    resource,
    remove: all.filter((one) => !kept(one)),
    skip: all.filter(kept),
    done() {
      if (!resource.current) {
        // Nothing of it ever was; AWS closes its story all the same.
        journal.mark({ ...resource, status: 'DELETE_COMPLETE' })
        journal.forget(resource.logicalId)
        return
      }
      const status = kept(resource.current) ? 'DELETE_SKIPPED' : 'DELETE_COMPLETE'
      const settled = journal.resource(resource.logicalId) ?? resource
      journal.keep({ ...settled, status, touched: undefined, previous: undefined, intended: undefined, superseded: [] })
    },
  }
}

/** Everything that exists under a logical id: what is current, and what it took the place of. */
export function physicalResources({ current, previous, superseded }: StackResource): PhysicalResource[] {
  const found = new Map<string, PhysicalResource>()
  for (const one of [current, previous, ...superseded]) if (one && !found.has(one.id)) found.set(one.id, one)
  return [...found.values()]
}
