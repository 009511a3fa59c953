import type { Finding } from '#core/plan/check-properties.ts'
import type { ResourceDefinition } from '#core/template/resources.ts'
import type { AnyResourceType } from '#kit/resource.ts'
import type { Intent, StackResource } from '#kit/stacks.ts'
import { caveatsInWords } from './caveats.ts'
import type { Run } from './context.ts'
import { requestFor } from './handler.ts'

/** A resource's record while it is worked on, without where that has got to. */
export type Draft = Omit<StackResource, 'at' | 'status'>

/** What is asked of a handler, and what it says that it does not do. */
export interface Asked {
  readonly request: ReturnType<typeof requestFor>
  readonly noted: readonly Finding[]
}

/** The record as the template has it, whatever is done to it. */
export function declared(definition: ResourceDefinition, found: StackResource | undefined): Draft {
  return {
    superseded: [],
    ...found,
    logicalId: definition.logicalId,
    type: definition.type,
    position: definition.position,
    metadata: definition.metadata === undefined ? undefined : JSON.stringify(definition.metadata),
  }
}

export function ask(run: Run, type: AnyResourceType, { logicalId }: ResourceDefinition, intent: Intent): Asked {
  const noted: Finding[] = []
  return { request: requestFor(run, type, logicalId, intent, noted), noted }
}

/** The intent with what its handler noted among its caveats. */
export const noting = (intent: Intent, noted: readonly Finding[]): Intent =>
  noted.length > 0 ? { ...intent, caveats: [...(intent.caveats ?? []), ...noted] } : intent

/** What was still at work when something else failed counts as cancelled, and is undone like the rest. */
export function conclude(run: Run, resource: Draft, verb: 'CREATE' | 'UPDATE', cancelled: string): boolean {
  if (!run.stopped) {
    run.journal.mark({ ...resource, status: `${verb}_COMPLETE` }, { reason: caveatsInWords(resource.current?.caveats) })
    return true
  }
  run.journal.mark({ ...resource, status: `${verb}_FAILED` }, { reason: cancelled })
  run.failed.push(resource.logicalId)
  return false
}

/** Something failed: nothing further may begin. */
export function stop(run: Run, logicalId: string): false {
  run.stopped = true
  run.failed.push(logicalId)
  return false
}
