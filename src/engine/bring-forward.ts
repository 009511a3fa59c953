import { AwsError } from '#core/aws/aws-error.ts'
import { compareProperties } from '#core/plan/compare.ts'
import type { ResourceDefinition } from '#core/template/resources.ts'
import type { AnyResourceType, ResourceState } from '#kit/resource.ts'
import type { Intent, StackResource } from '#kit/stacks.ts'
import { forgetBeginnings, notingBeginnings } from './beginnings.ts'
import type { CompiledTemplate } from './compile.ts'
import { pauseOf, type Run } from './context.ts'
import { attempt, existing, type Outcome, physical, refusalOfEvaluated, requestFor } from './handler.ts'
import { replacing } from './reasons.ts'
import { importValue, intentOf, liveScope } from './stack-values.ts'
import { tagsChanged } from './tags-changed.ts'
import { walk } from './walk.ts'

type Updatable = AnyResourceType & Required<Pick<AnyResourceType, 'update'>>
const isUpdatable = (type: AnyResourceType): type is Updatable => type.update !== undefined

type Draft = Omit<StackResource, 'at' | 'status'>
type Request = ReturnType<typeof requestFor>

/**
 * Creates, changes and replaces what the template asks for, dependencies first and the rest side by side. Removes nothing. Ends early
 * when something fails, after what had begun is done; `run.failed` then tells what.
 */
export async function bringForward(run: Run, compiled: CompiledTemplate): Promise<void> {
  const definitions = new Map(compiled.resources.map((definition) => [definition.logicalId, definition]))
  const scope = liveScope(compiled, importValue(run.ports.records, run.scope), run.journal.resource)
  await walk(
    compiled.graph,
    (logicalId) => {
      const definition = definitions.get(logicalId)
      if (run.stopped || !definition) return false
      const found = run.journal.resource(logicalId)
      try {
        const type = typeOf(run, definition)
        const intent = intentOf(definition, compiled.graph.get(logicalId) ?? new Set(), scope)
        const refusal = refusalOfEvaluated(definition, intent, type)
        if (refusal) throw refusal
        return found?.current ? change(run, definition, type, intent, found) : add(run, definition, type, intent, found)
      } catch (error) {
        if (!(error instanceof AwsError)) throw error
        return refuse(run, definition, found, error)
      }
    },
    pauseOf(run),
  )
}

/** Plans refuse unknown types, but one may go unknown between two versions of Postern. */
function typeOf(run: Run, { type: name }: ResourceDefinition): AnyResourceType {
  const type = run.types.get(name)
  if (!type) throw new AwsError('ValidationError', `Unrecognized resource types: [${name}]`)
  return type
}

/** The record as the template has it, whatever is done to it. */
function declared(definition: ResourceDefinition, found: StackResource | undefined): Draft {
  return {
    superseded: [],
    ...found,
    logicalId: definition.logicalId,
    type: definition.type,
    position: definition.position,
    metadata: definition.metadata === undefined ? undefined : JSON.stringify(definition.metadata),
  }
}

/** Its properties cannot be: the handler never hears of it. */
function refuse(run: Run, definition: ResourceDefinition, found: StackResource | undefined, error: AwsError): false {
  const creating = !found?.current
  const told = { reason: error.message, position: error.position }
  const resource = { ...declared(definition, found), touched: creating ? ('added' as const) : found.touched }
  run.journal.mark({ ...resource, status: creating ? 'CREATE_IN_PROGRESS' : 'UPDATE_IN_PROGRESS' })
  run.journal.mark({ ...resource, status: creating ? 'CREATE_FAILED' : 'UPDATE_FAILED' }, told)
  return stop(run, definition.logicalId)
}

function stop(run: Run, logicalId: string): false {
  run.stopped = true
  run.failed.push(logicalId)
  return false
}

function add(
  run: Run,
  definition: ResourceDefinition,
  type: AnyResourceType,
  intent: Intent,
  found: StackResource | undefined,
): boolean | Promise<boolean> {
  const { journal, ports } = run
  const request = requestFor(run, type, definition.logicalId, intent)
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
      const made = { ...resource, intended: undefined, current: physical(intent, outcome.value) }
      journal.mark({ ...made, status: 'CREATE_IN_PROGRESS' }, { reason: 'Resource creation Initiated' })
      return conclude(run, made, 'CREATE', 'Resource creation cancelled')
    },
  )
}

/** What was still at work when something else failed counts as cancelled, and is undone like the rest. */
function conclude(run: Run, resource: Draft, verb: 'CREATE' | 'UPDATE', cancelled: string): boolean {
  if (!run.stopped) {
    run.journal.mark({ ...resource, status: `${verb}_COMPLETE` })
    return true
  }
  run.journal.mark({ ...resource, status: `${verb}_FAILED` }, { reason: cancelled })
  run.failed.push(resource.logicalId)
  return false
}

function change(
  run: Run,
  definition: ResourceDefinition,
  type: AnyResourceType,
  intent: Intent,
  found: StackResource,
): boolean | Promise<boolean> {
  const request = requestFor(run, type, definition.logicalId, intent)
  const { current } = found
  if (!current) return false
  const before = existing(type, current, current).properties
  const comparison = compareProperties(before, request.properties, type.schema)
  const replaces =
    comparison.replaces === 'always' ||
    (comparison.replaces === 'conditionally' && (type.replaces?.(before, request.properties) ?? true))
  const differs = comparison.changed.length > 0 || found.intended !== undefined
  const retagged = type.update !== undefined && 'Tags' in type.schema.properties && tagsChanged(run.journal.stack())
  if (!differs && !retagged) {
    run.journal.keep({ ...declared(definition, found), status: found.status, at: found.at, current: { ...current, ...intent } })
    return true
  }
  const resource: Draft = {
    ...declared(definition, found),
    intended: intent,
    previous: found.touched ? found.previous : current,
  }
  return !replaces && isUpdatable(type)
    ? update(run, type, intent, { ...resource, touched: found.touched ?? 'updated' }, request)
    : replace(run, type, intent, { ...resource, touched: found.touched === 'added' ? 'added' : 'replaced' }, request)
}

function update(run: Run, type: Updatable, intent: Intent, resource: Draft, request: Request): boolean | Promise<boolean> {
  const { current } = resource
  if (!current) return false
  run.journal.mark({ ...resource, status: 'UPDATE_IN_PROGRESS' })
  return attempt(
    run,
    resource.type,
    () => type.update(request, existing(type, current, current), run.ports),
    (outcome) => updated(run, resource, intent, outcome),
  )
}

function updated(run: Run, resource: Draft, intent: Intent, outcome: Outcome<ResourceState>): boolean {
  if (outcome.ok) {
    return conclude(
      run,
      { ...resource, intended: undefined, current: physical(intent, outcome.value) },
      'UPDATE',
      'Resource update cancelled',
    )
  }
  // `intended` stays: the handler may have got half way, so a rollback has to undo it and a later update has to try again.
  run.journal.mark({ ...resource, status: 'UPDATE_FAILED' }, outcome)
  return stop(run, resource.logicalId)
}

function replace(run: Run, type: AnyResourceType, intent: Intent, resource: Draft, request: Request): boolean | Promise<boolean> {
  const { journal, ports } = run
  const { current, previous } = resource
  journal.mark({ ...resource, status: 'UPDATE_IN_PROGRESS' }, { reason: replacing })
  return attempt(
    run,
    resource.type,
    () => type.create(request, notingBeginnings(ports, journal, resource.logicalId)),
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
        current: physical(intent, outcome.value),
        superseded: [...resource.superseded, ...stale],
      }
      journal.mark({ ...made, status: 'UPDATE_IN_PROGRESS' }, { reason: 'Resource creation Initiated' })
      return conclude(run, made, 'UPDATE', 'Resource update cancelled')
    },
  )
}
