import { evaluate } from '../template/evaluate.ts'
import { dependencyGraph } from '../template/graph.ts'
import type { DeletionPolicy, ResourceDefinition } from '../template/resources.ts'
import type { Evaluated, EvaluationScope, ResourceView } from '../template/scope.ts'
import { isMap, type ValueMap } from '../template/value.ts'
import type { Change, ChangeDetail, CurrentResource } from './change.ts'
import { detailsOf, type Fate } from './change-details.ts'
import { coerceProperties } from './coerce.ts'
import { type Comparison, compareProperties, stronger } from './compare.ts'
import type { ResourceSchema } from './schema.ts'

export type { Change, ChangeDetail, ChangeTarget, CurrentResource } from './change.ts'

export interface PlanInput {
  readonly desired: readonly ResourceDefinition[]
  readonly current: readonly CurrentResource[]
  /** Its `resource` is not asked: the plan knows from `current` and from what changes. */
  readonly scope: Omit<EvaluationScope, 'resource'>
  readonly schemas: (type: string) => ResourceSchema<unknown> | undefined
  /** Parameters whose text differs from the stack's last. */
  readonly changedParameters?: ReadonlySet<string>
  /** Whether a change of a conditionally replacing property replaces; without an answer the plan says `Conditional`. */
  readonly replaces?: (
    type: string,
    before: Readonly<Record<string, unknown>>,
    after: Readonly<Record<string, unknown>>,
  ) => boolean | undefined
}

/**
 * What must be done: additions and modifications with dependencies first, then removals, those that stand last in `current` first.
 * A resource that stays as it is is not in the list.
 */
export function planChanges(input: PlanInput): readonly Change[] {
  const desired = new Map(input.desired.map((definition) => [definition.logicalId, definition]))
  const current = new Map(input.current.map((resource) => [resource.logicalId, resource]))
  const fates = new Map<string, Fate>()
  const scope: EvaluationScope = { ...input.scope, resource: (logicalId) => view(logicalId, fates, current) }

  const changes: Change[] = []
  for (const logicalId of dependencyGraph(input.desired, input.scope.conditions).keys()) {
    const definition = desired.get(logicalId)
    if (!definition) continue
    const before = current.get(logicalId)
    const change = before ? modification(definition, before, input, scope, fates) : addition(definition, scope)
    fates.set(logicalId, fateOf(change))
    if (change) changes.push(change)
  }
  const removed = input.current.filter(({ logicalId }) => !desired.has(logicalId))
  return [...changes, ...removed.reverse().map(removal)]
}

/** What dependents may know of a resource before the plan is carried out. */
function view(logicalId: string, fates: ReadonlyMap<string, Fate>, current: ReadonlyMap<string, CurrentResource>): ResourceView {
  const fate = fates.get(logicalId)
  const resource = current.get(logicalId)
  if (!fate) return 'absent'
  if (!resource || fate === 'added' || fate === 'replaced' || fate === 'perhaps replaced') return 'unknown'
  return fate === 'updated'
    ? { ref: resource.ref, attributes: {}, pending: true }
    : { ref: resource.ref, attributes: resource.attributes, isStub: resource.isStub === true }
}

function fateOf(change: Change | undefined): Fate {
  if (!change) return 'kept'
  if (change.action === 'Add') return 'added'
  if (change.replacement === 'True') return 'replaced'
  if (change.replacement === 'Conditional') return 'perhaps replaced'
  // A resource whose metadata alone changes has the attributes it had.
  return change.scope.includes('Properties') ? 'updated' : 'kept'
}

function addition({ logicalId, type, properties }: ResourceDefinition, scope: EvaluationScope): Change {
  return {
    logicalId,
    type,
    action: 'Add',
    scope: [],
    details: [],
    after: { Properties: writtenIn(evaluate(properties, scope)) },
    because: `\`${logicalId}\` is not in the stack yet`,
  }
}

function removal({ logicalId, type, ref, properties, deletionPolicy }: CurrentResource): Change {
  return {
    logicalId,
    type,
    action: 'Remove',
    scope: [],
    details: [],
    policyAction: deletionPolicy === 'RetainExceptOnCreate' ? 'Retain' : deletionPolicy,
    physicalId: ref,
    before: { Properties: properties },
    because: `\`${logicalId}\` is no longer in the template`,
  }
}

function modification(
  definition: ResourceDefinition,
  current: CurrentResource,
  input: PlanInput,
  scope: EvaluationScope,
  fates: ReadonlyMap<string, Fate>,
): Change | undefined {
  const { logicalId, type } = definition
  const schema = input.schemas(type) ?? schemaless(type)
  const written = writtenIn(evaluate(definition.properties, scope))
  const after = coerceProperties(written, schema)
  const comparison = compareProperties(current.properties, after, schema)
  const details = detailsOf(definition, comparison, current, {
    fates,
    conditions: scope.conditions,
    changedParameters: input.changedParameters ?? new Set(),
  })
  if (details.length === 0) return undefined

  const replacement = replacementOf(details, () => input.replaces?.(type, current.properties, after))
  return {
    logicalId,
    type,
    action: 'Modify',
    replacement,
    scope: [...new Set(details.map(({ Target }) => Target.Attribute))],
    details,
    ...(replacement === 'True' && { policyAction: replacingPolicy(definition.updateReplacePolicy) }),
    physicalId: current.ref,
    before: { Properties: current.properties },
    after: { Properties: written },
    because: reasonOf(comparison, replacement, details),
  }
}

/** A change that may turn out to be none replaces only conditionally, and so does one that the resource type decides on. */
function replacementOf(details: readonly ChangeDetail[], decide: () => boolean | undefined): 'True' | 'False' | 'Conditional' {
  const certain = details.filter(({ Evaluation }) => Evaluation === 'Static')
  const strength = (of: readonly ChangeDetail[]) => of.map(({ Target }) => Target.RequiresRecreation).reduce(stronger, 'Never')
  if (strength(certain) === 'Always') return 'True'
  if (strength(details) === 'Never') return 'False'
  if (strength(details) === 'Always') return 'Conditional'
  const decision = decide()
  return decision === undefined ? 'Conditional' : decision ? 'True' : 'False'
}

function replacingPolicy(policy: DeletionPolicy): NonNullable<Change['policyAction']> {
  return policy === 'RetainExceptOnCreate' ? 'ReplaceAndRetain' : `ReplaceAnd${policy}`
}

function reasonOf({ changed }: Comparison, replacement: string, details: readonly ChangeDetail[]): string {
  const what = changed.length > 0 ? changed : [...new Set(details.map(({ Target }) => `/${Target.Attribute}`))]
  const causes = [...new Set(details.flatMap(({ CausingEntity }) => CausingEntity ?? []))].map((cause) => `\`${cause}\``)
  const names = what.map((path) => `\`${path.slice(1).replaceAll('/', '.')}\``).join(', ')
  const effect = { True: ', which needs a new resource', Conditional: ', which may need a new resource', False: '' }[replacement]
  return `${names} ${what.length > 1 ? 'change' : 'changes'}${causes.length > 0 ? ` because of ${causes.join(', ')}` : ''}${effect}`
}

function writtenIn(evaluated: Evaluated): ValueMap {
  const value = evaluated.kind === 'value' ? evaluated.value : evaluated.kind === 'unknown' ? evaluated.partial : {}
  return isMap(value) ? value : {}
}

/** A type that Postern has no schema of: every change is made in place. */
function schemaless(type: string): ResourceSchema<unknown> {
  return { type, properties: {}, required: [], attributes: [], definitions: {} }
}
