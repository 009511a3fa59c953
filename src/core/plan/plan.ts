import type { DeletionPolicy, ResourceDefinition } from '../template/resources.ts'
import type { EvaluationScope } from '../template/scope.ts'
import type { ResourceSchema } from './schema.ts'

/** A resource as it stands in the stack. */
export interface CurrentResource {
  readonly logicalId: string
  readonly type: string
  readonly ref: string
  readonly attributes: Readonly<Record<string, unknown>>
  /** As last given: evaluated and coerced. */
  readonly properties: Readonly<Record<string, unknown>>
  readonly deletionPolicy: DeletionPolicy
  readonly updateReplacePolicy: DeletionPolicy
  readonly metadata?: unknown
  readonly tags?: Readonly<Record<string, string>>
}

export interface ChangeTarget {
  readonly Attribute:
    | 'Properties'
    | 'Metadata'
    | 'CreationPolicy'
    | 'UpdatePolicy'
    | 'DeletionPolicy'
    | 'UpdateReplacePolicy'
    | 'Tags'
  readonly Name?: string
  readonly RequiresRecreation: 'Never' | 'Conditionally' | 'Always'
  readonly Path?: string
  readonly BeforeValue?: string
  readonly AfterValue?: string
  readonly AttributeChangeType?: 'Add' | 'Remove' | 'Modify'
}

/** As DescribeChangeSet shows it with property values; without them, `Path` and the values are left out. */
export interface ChangeDetail {
  readonly Target: ChangeTarget
  readonly Evaluation: 'Static' | 'Dynamic'
  readonly ChangeSource: 'ParameterReference' | 'ResourceReference' | 'ResourceAttribute' | 'DirectModification' | 'Automatic'
  readonly CausingEntity?: string
}

export interface Change {
  readonly logicalId: string
  readonly type: string
  readonly action: 'Add' | 'Modify' | 'Remove'
  readonly replacement?: 'True' | 'False' | 'Conditional'
  readonly scope: readonly ChangeTarget['Attribute'][]
  readonly details: readonly ChangeDetail[]
  readonly policyAction?: 'Delete' | 'Retain' | 'Snapshot' | 'ReplaceAndDelete' | 'ReplaceAndRetain' | 'ReplaceAndSnapshot'
  readonly physicalId?: string
  /** `{ Properties: … }` before and after, as change sets with property values write them. */
  readonly before?: Readonly<Record<string, unknown>>
  readonly after?: Readonly<Record<string, unknown>>
  /** One sentence for people. */
  readonly because: string
}

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

/** What must be done, dependencies first and removals last in reverse. A resource that stays as it is is not in the list. */
export function planChanges(_input: PlanInput): readonly Change[] {
  throw new Error('being written')
}
