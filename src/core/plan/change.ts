import type { DeletionPolicy } from '../template/resources.ts'

/** A resource as it stands in the stack. */
export interface CurrentResource {
  readonly logicalId: string
  readonly type: string
  readonly ref: string
  readonly attributes: Readonly<Record<string, unknown>>
  readonly isStub?: boolean
  /** As last given: evaluated and coerced. */
  readonly properties: Readonly<Record<string, unknown>>
  readonly deletionPolicy: DeletionPolicy
  readonly updateReplacePolicy: DeletionPolicy
  readonly metadata?: unknown
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

/** As DescribeChangeSet shows it with property values; see `withoutPropertyValues`. */
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
