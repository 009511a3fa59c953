import type { ResourceDefinition } from '#core/template/resources.ts'
import type { AnyResourceType } from '#kit/resource.ts'
import type { Intent, StackResource } from '#kit/stacks.ts'
import { forgetBeginnings, notingBeginnings } from './beginnings.ts'
import type { Run } from './context.ts'
import { ask, conclude, declared, noting, stop } from './draft.ts'
import { attempt, physical } from './handler.ts'

/** Creates what the stack does not have, or no longer has. */
export function add(
  run: Run,
  definition: ResourceDefinition,
  type: AnyResourceType,
  intent: Intent,
  found: StackResource | undefined,
): boolean | Promise<boolean> {
  const { journal, ports } = run
  const { request, noted } = ask(run, type, definition, intent)
  const resource = { ...declared(definition, found), touched: 'added' as const, intended: intent }
  journal.mark({ ...resource, status: 'CREATE_IN_PROGRESS' }, { physicalId: '' })
  return attempt(
    run,
    definition.type,
    () => type.create(request, notingBeginnings(ports, journal, definition.logicalId)),
    (outcome) => {
      forgetBeginnings(ports.records, journal, definition.logicalId)
      if (!outcome.ok) {
        journal.mark({ ...resource, intended: undefined, status: 'CREATE_FAILED' }, { ...outcome, properties: intent.written })
        return stop(run, definition.logicalId)
      }
      const made = { ...resource, intended: undefined, current: physical(type, noting(intent, noted), outcome.value) }
      journal.mark({ ...made, status: 'CREATE_IN_PROGRESS' }, { reason: 'Resource creation Initiated' })
      return conclude(run, made, 'CREATE', 'Resource creation cancelled')
    },
  )
}
