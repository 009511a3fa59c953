import type { DeletionPolicy } from '#core/template/resources.ts'
import type { PhysicalResource, StackResource } from '#kit/stacks.ts'
import type { Run } from './context.ts'
import { isKept, type Occasion, physicalResources } from './delete-all.ts'
import { type Removal, takeDown } from './take-down.ts'

/**
 * The last part of an update, or of its rollback: deletes what was removed from the template and what was replaced. What cannot be
 * deleted stays behind, as on AWS: the events tell of it, the stack goes on without it.
 */
export async function cleanUp(run: Run, occasion: Occasion): Promise<void> {
  const removals = run.journal.resources().map((resource) => removalOf(run, resource, occasion))
  await takeDown(
    run,
    removals.filter(({ remove, skip }) => remove.length + skip.length > 0),
    'go on',
  )
  for (const { done } of removals) done()
}

function removalOf(run: Run, resource: StackResource, occasion: Occasion): Removal {
  const removed = resource.touched === 'removed'
  const stale = physicalResources(resource).filter(({ id }) => removed || id !== resource.current?.id)
  const policyOf = (one: PhysicalResource): DeletionPolicy => {
    if (removed) return one.deletionPolicy
    // A replacement that is rolled back has nothing yet that its owner could want to keep.
    return occasion === 'rollback' ? 'Delete' : (resource.current ?? one).updateReplacePolicy
  }
  const kept = (one: PhysicalResource) => isKept(policyOf(one), occasion)
  return {
    resource,
    remove: stale.filter((one) => !kept(one)),
    skip: stale.filter(kept),
    done: () => settle(run, resource, removed),
  }
}

function settle({ journal }: Run, resource: StackResource, removed: boolean): void {
  const found = journal.resource(resource.logicalId)
  if (!found) return
  if (!removed) {
    journal.keep({ ...found, touched: undefined, previous: undefined, intended: undefined, superseded: [] })
    return
  }
  if (!resource.current) journal.mark({ ...found, status: 'DELETE_COMPLETE' })
  journal.forget(resource.logicalId)
}
