import { AwsError } from '#core/aws/aws-error.ts'
import type { Finding } from '#core/plan/check-properties.ts'
import { coerceProperties } from '#core/plan/coerce.ts'
import { compareProperties } from '#core/plan/compare.ts'
import { withSources } from '#core/template/position.ts'
import type { ResourceDefinition } from '#core/template/resources.ts'
import type { AnyResourceType, ResourceState } from '#kit/resource.ts'
import type { Intent, StackResource } from '#kit/stacks.ts'
import { forgetBeginnings, notingBeginnings } from './beginnings.ts'
import { caveatsInWords, judge } from './caveats.ts'
import type { CompiledTemplate } from './compile.ts'
import { pauseOf, type Run } from './context.ts'
import { attempt, existing, type Outcome, physical, requestFor } from './handler.ts'
import { propertyRefusal } from './property-refusal.ts'
import { replacing } from './reasons.ts'
import { importValue, intentOf, liveScope } from './stack-values.ts'
import { tagsChanged } from './tags-changed.ts'
import { walk } from './walk.ts'

type Updatable = AnyResourceType & Required<Pick<AnyResourceType, 'update'>>
const isUpdatable = (type: AnyResourceType): type is Updatable => type.update !== undefined

type Draft = Omit<StackResource, 'at' | 'status'>
/** What is asked of a handler, and what it says that it does not do. */
interface Asked {
  readonly request: ReturnType<typeof requestFor>
  readonly noted: readonly Finding[]
}

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
        const wanted = intentOf(definition, compiled.graph.get(logicalId) ?? new Set(), scope)
        const intent = { ...wanted, caveats: caveatsOf(run, definition, type, wanted) }
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

function ask(run: Run, type: AnyResourceType, { logicalId }: ResourceDefinition, intent: Intent): Asked {
  const noted: Finding[] = []
  return { request: requestFor(run, type, logicalId, intent, noted), noted }
}

const noting = (intent: Intent, noted: readonly Finding[]): Intent =>
  noted.length > 0 ? { ...intent, caveats: [...(intent.caveats ?? []), ...noted] } : intent

/** What functions yielded is judged once it is known. */
function caveatsOf(run: Run, definition: ResourceDefinition, type: AnyResourceType, intent: Intent): Intent['caveats'] {
  const evaluated = { ...definition, properties: withSources(intent.written, intent.sources) }
  const { refused, caveats } = judge(evaluated, type, run.journal.stack().revision?.takesStubs === true)
  if (refused.length > 0) throw propertyRefusal(refused)
  return caveats.length > 0 ? caveats : undefined
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

/** What was still at work when something else failed counts as cancelled, and is undone like the rest. */
function conclude(run: Run, resource: Draft, verb: 'CREATE' | 'UPDATE', cancelled: string): boolean {
  if (!run.stopped) {
    run.journal.mark({ ...resource, status: `${verb}_COMPLETE` }, { reason: caveatsInWords(resource.current?.caveats) })
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
    const kept = { ...declared(definition, found), current: { ...current, ...intent } }
    run.journal.keep({ ...kept, status: found.status, statusReason: caveatsInWords(intent.caveats), at: found.at })
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
