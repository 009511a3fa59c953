import { coerceProperties } from '#core/plan/coerce.ts'
import { compareProperties } from '#core/plan/compare.ts'
import type { ResourceDefinition } from '#core/template/resources.ts'
import type { AnyResourceType, ResourceState } from '#kit/resource.ts'
import type { Intent, StackResource } from '#kit/stacks.ts'
import { forgetBeginnings, notingBeginnings } from './beginnings.ts'
import { caveatsInWords, notedOf } from './caveats.ts'
import type { Run } from './context.ts'
import { type Asked, ask, conclude, type Draft, declared, noting, stop } from './draft.ts'
import { attempt, existing, type Outcome, physical } from './handler.ts'
import { replacing } from './reasons.ts'
import { tagsChanged } from './tags-changed.ts'

type Updatable = AnyResourceType & Required<Pick<AnyResourceType, 'update'>>
const isUpdatable = (type: AnyResourceType): type is Updatable => type.update !== undefined

/** Updates or replaces what exists where it differs from what is wanted; else only the record is brought up to date. */
export function change(
  run: Run,
  definition: ResourceDefinition,
  type: AnyResourceType,
  intent: Intent,
  found: StackResource,
): boolean | Promise<boolean> {
  const asked = ask(run, type, definition, intent)
  const { current } = found
  if (!current) return false
  const before = coerceProperties(current.written, type.schema)
  const after = coerceProperties(intent.written, type.schema)
  const comparison = compareProperties(before, after, type.schema)
  // Where Postern has learnt to make what was a stub, there is nothing to change.
  const isOutgrown = current.isStub === true && !type.isStub
  const replaces =
    isOutgrown ||
    comparison.replaces === 'always' ||
    (comparison.replaces === 'conditionally' && (type.replaces?.(before, after) ?? true))
  const differs = comparison.changed.length > 0 || found.intended !== undefined || isOutgrown
  const retagged = type.update !== undefined && 'Tags' in type.schema.properties && tagsChanged(run.journal.stack())
  if (!differs && !retagged) {
    const kept = { ...current, ...noting(intent, notedOf(current)) }
    const { status, at } = found
    run.journal.keep({ ...declared(definition, found), current: kept, status, statusReason: caveatsInWords(kept.caveats), at })
    return true
  }
  const resource: Draft = {
    ...declared(definition, found),
    intended: intent,
    previous: found.touched ? found.previous : current,
  }
  return !replaces && isUpdatable(type)
    ? update(run, type, intent, { ...resource, touched: found.touched ?? 'updated' }, asked)
    : replace(run, type, intent, { ...resource, touched: found.touched === 'added' ? 'added' : 'replaced' }, asked)
}

function update(run: Run, type: Updatable, intent: Intent, resource: Draft, asked: Asked): boolean | Promise<boolean> {
  const { current } = resource
  if (!current) return false
  run.journal.mark({ ...resource, status: 'UPDATE_IN_PROGRESS' })
  return attempt(
    run,
    resource.type,
    () => type.update(asked.request, existing(type, current, current), run.ports),
    (outcome) => updated(run, type, noting(intent, asked.noted), resource, outcome),
  )
}

function updated(run: Run, type: AnyResourceType, intent: Intent, resource: Draft, outcome: Outcome<ResourceState>): boolean {
  if (outcome.ok) {
    return conclude(
      run,
      { ...resource, intended: undefined, current: physical(type, intent, outcome.value) },
      'UPDATE',
      'Resource update cancelled',
    )
  }
  // `intended` stays: the handler may have got half way, so a rollback has to undo it and a later update has to try again.
  run.journal.mark({ ...resource, status: 'UPDATE_FAILED' }, outcome)
  return stop(run, resource.logicalId)
}

function replace(run: Run, type: AnyResourceType, intent: Intent, resource: Draft, asked: Asked): boolean | Promise<boolean> {
  const { journal, ports } = run
  const { current, previous } = resource
  journal.mark({ ...resource, status: 'UPDATE_IN_PROGRESS' }, { reason: replacing })
  return attempt(
    run,
    resource.type,
    () => type.create(asked.request, notingBeginnings(ports, journal, resource.logicalId)),
    (outcome) => {
      forgetBeginnings(ports.records, journal, resource.logicalId)
      if (!outcome.ok) {
        journal.mark({ ...resource, intended: undefined, status: 'UPDATE_FAILED' }, { ...outcome, properties: intent.written })
        return stop(run, resource.logicalId)
      }
      const stale = current && current.id !== previous?.id ? [current] : []
      const made = {
        ...resource,
        intended: undefined,
        current: physical(type, noting(intent, asked.noted), outcome.value),
        superseded: [...resource.superseded, ...stale],
      }
      journal.mark({ ...made, status: 'UPDATE_IN_PROGRESS' }, { reason: 'Resource creation Initiated' })
      return conclude(run, made, 'UPDATE', 'Resource update cancelled')
    },
  )
}
