import type { StackResource } from '#kit/stacks.ts'
import { caveatsInWords } from './caveats.ts'
import { pauseOf, type Run } from './context.ts'
import { attempt, existing, physical, requestFor } from './handler.ts'
import { acyclic, walk } from './walk.ts'

/**
 * Gives every resource that a failed update changed its previous properties again, and puts replaced ones back in their place. What
 * the update added is marked for the clean-up. Answers the logical ids that could not be brought back.
 */
export async function bringBack(run: Run, skip: readonly string[]): Promise<string[]> {
  const failed: string[] = []
  const touched = run.journal.resources().filter(({ touched }) => touched === 'updated' || touched === 'replaced')
  const byId = new Map(touched.map((resource) => [resource.logicalId, resource]))
  const graph = new Map(touched.map(({ logicalId, previous }) => [logicalId, new Set(previous?.dependsOn ?? [])]))
  await walk(
    acyclic(graph),
    async (logicalId) => {
      const resource = byId.get(logicalId)
      if (!resource) return true
      const restored = skip.includes(logicalId) ? leave(run, resource) : await restore(run, resource)
      if (!restored) failed.push(logicalId)
      return restored
    },
    pauseOf(run),
  )
  return failed
}

/** What the update added goes in the clean-up. */
export function markAdded({ journal }: Run): void {
  for (const resource of journal.resources()) {
    if (resource.touched === 'added') journal.keep({ ...resource, touched: 'removed' })
  }
}

function leave({ journal }: Run, resource: StackResource): true {
  journal.mark({ ...resource, status: 'UPDATE_COMPLETE', touched: undefined, previous: undefined, intended: undefined })
  return true
}

function restore(run: Run, resource: StackResource): boolean | Promise<boolean> {
  const { previous, current } = resource
  if (!previous || !current) return leave(run, resource)
  return resource.touched === 'replaced' ? putBack(run, resource) : updateBack(run, resource)
}

/** The previous one still exists: what replaced it is superseded in its turn. */
function putBack({ journal }: Run, resource: StackResource): true {
  const { previous, current, superseded } = resource
  const stale = current && current.id !== previous?.id ? [current] : []
  const back: StackResource = {
    ...resource,
    intended: undefined,
    current: previous,
    previous: undefined,
    touched: undefined,
    superseded: [...superseded, ...stale],
  }
  journal.mark({ ...back, status: 'UPDATE_IN_PROGRESS' })
  journal.mark({ ...back, status: 'UPDATE_COMPLETE' }, { reason: caveatsInWords(previous?.caveats) })
  return true
}

function updateBack(run: Run, resource: StackResource): boolean | Promise<boolean> {
  const { journal, ports } = run
  const { previous, current, intended } = resource
  if (!previous || !current) return true
  const type = run.types.get(previous.type)
  const update = type?.update
  if (!type || !update) return leave(run, resource)
  journal.mark({ ...resource, status: 'UPDATE_IN_PROGRESS' }, { properties: previous.written })
  return attempt(
    run,
    previous.type,
    () => update(requestFor(run, type, resource.logicalId, previous), existing(type, current, intended ?? current), ports),
    (outcome) => {
      if (!outcome.ok) {
        journal.mark({ ...resource, status: 'UPDATE_FAILED' }, { ...outcome, properties: previous.written })
        return false
      }
      const back = { ...resource, intended: undefined, current: physical(type, previous, outcome.value), previous: undefined }
      journal.mark({ ...back, touched: undefined, status: 'UPDATE_COMPLETE' }, { reason: caveatsInWords(previous.caveats) })
      return true
    },
  )
}
