import type { AwsError, ErrorCause } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import type { Finding } from '#core/plan/check-properties.ts'
import type { Change } from '#core/plan/plan.ts'
import type { GivenParameter, ResolvedParameters } from '#core/template/parameters.ts'
import type { Position, SourceMap } from '#core/template/position.ts'
import type { DeletionPolicy } from '#core/template/resources.ts'
import type { ValueMap } from '#core/template/value.ts'
import type { Caller } from './caller.ts'
import { type Table, table } from './records.ts'

/*
 * What CloudFormation remembers. The operations of the API read and write these records, the engine carries out what they ask for;
 * both meet here, since neither may import the other. No rules in this file.
 */

/** By stack id. A deleted stack stays, findable by its id only. */
export const stacks: Table<Stack> = table('cloudformation/stacks')
/** The id of the stack that bears a name now. */
export const stackNames: Table<string> = table('cloudformation/stack-names')
/** By `resourceKey`. */
export const stackResources: Table<StackResource> = table('cloudformation/resources')
/** By `eventKey`. */
export const stackEvents: Table<StackEvent> = table('cloudformation/events')
/** How many events a stack has, and when its last one was, by stack id. */
export const eventCounts: Table<{ readonly count: number; readonly lastAt: number }> = table('cloudformation/event-counts')
/** Texts of templates by the key that a revision or change set holds: apart, since they are large and never change. */
export const templates: Table<StoredTemplate> = table('cloudformation/templates')
/**
 * What a handler that is creating a resource has stored so far, by `resourceKey`. Should Postern stop before the handler answers, nobody
 * knows the resource's name yet, so these records are all there is to undo.
 */
export const beginnings: Table<readonly Beginning[]> = table('cloudformation/beginnings')
/** By change set id. */
export const changeSets: Table<ChangeSet> = table('cloudformation/change-sets')
/** By export name. */
export const exports: Table<StackExport> = table('cloudformation/exports')
/** The ids of the stacks that import an export, by export name. */
export const importers: Table<readonly string[]> = table('cloudformation/importers')

export interface Beginning {
  readonly table: string
  readonly scope: Scope
  readonly key: string
}

export const resourceKey = (stackId: string, logicalId: string): string => `${stackId}/${logicalId}`
/** Events are numbered from 0 in the order they happened. */
export const eventKey = (stackId: string, number: number): string => `${stackId}/${String(number).padStart(9, '0')}`

export type StackStatus =
  | 'REVIEW_IN_PROGRESS'
  | 'CREATE_IN_PROGRESS'
  | 'CREATE_COMPLETE'
  | 'CREATE_FAILED'
  | 'ROLLBACK_IN_PROGRESS'
  | 'ROLLBACK_COMPLETE'
  | 'ROLLBACK_FAILED'
  | 'UPDATE_IN_PROGRESS'
  | 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'
  | 'UPDATE_COMPLETE'
  | 'UPDATE_FAILED'
  | 'UPDATE_ROLLBACK_IN_PROGRESS'
  | 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS'
  | 'UPDATE_ROLLBACK_COMPLETE'
  | 'UPDATE_ROLLBACK_FAILED'
  | 'DELETE_IN_PROGRESS'
  | 'DELETE_COMPLETE'
  | 'DELETE_FAILED'

export type ResourceStatus =
  | 'CREATE_IN_PROGRESS'
  | 'CREATE_COMPLETE'
  | 'CREATE_FAILED'
  | 'UPDATE_IN_PROGRESS'
  | 'UPDATE_COMPLETE'
  | 'UPDATE_FAILED'
  | 'DELETE_IN_PROGRESS'
  | 'DELETE_COMPLETE'
  | 'DELETE_FAILED'
  | 'DELETE_SKIPPED'

export interface Stack {
  readonly id: string
  readonly name: string
  readonly status: StackStatus
  readonly statusReason?: string | undefined
  /** Times are milliseconds since 1970. */
  readonly createdAt: number
  readonly updatedAt?: number | undefined
  readonly deletedAt?: number | undefined
  /** What it is made from: the last revision that began and was not rolled back. Absent while it is only reviewed. */
  readonly revision?: Revision | undefined
  /** What it was made from before the update that runs, or that failed and was left standing. */
  readonly previous?: Revision | undefined
  /** What is being done to it, until it rests. */
  readonly operation?: Operation | undefined
  readonly outputs: readonly StackOutput[]
  /** The names of the exports that it relies on now: while it changes, those of both revisions. */
  readonly imports: readonly string[]
  /** The logical ids of its resources, in order of creation. */
  readonly logicalIds: readonly string[]
  /** The ids of its change sets. */
  readonly changeSetIds: readonly string[]
  /** The change set that was executed last. */
  readonly changeSetId?: string | undefined
  readonly disableRollback: boolean
  readonly terminationProtection: boolean
  readonly policy?: string | undefined
}

/** Everything a stack is made from, besides what other stacks export. */
export interface Revision {
  /** A key of `templates`. */
  readonly template: string
  /** The text of each declared parameter, defaults included. */
  readonly parameters: Readonly<Record<string, string>>
  /** The same as they may be shown. */
  readonly shownParameters: Readonly<Record<string, string>>
  /** What those that name parameters of Systems Manager resolved to when the revision was planned. */
  readonly resolvedParameters?: Readonly<Record<string, string>>
  readonly description?: string | undefined
  readonly tags: Readonly<Record<string, string>>
  readonly capabilities: readonly string[]
  readonly notificationArns: readonly string[]
  readonly roleArn?: string | undefined
  readonly timeoutInMinutes?: number | undefined
  /** Why its transform failed: all that is to be done with it is to say so. */
  readonly failedTransform?: string | undefined
  /** What Postern does not do is stood in for or left out, and told of, instead of refused. */
  readonly takesStubs?: boolean | undefined
  /** The names of the exports it needs; known once it is carried out. */
  readonly imports?: readonly string[] | undefined
}

export interface StoredTemplate {
  readonly body: string
  /** When it was submitted, in milliseconds since 1970: the time that SAM's `AlwaysDeploy` sees. */
  readonly submittedAt?: number | undefined
  /** The file's name, where the client told it. */
  readonly file?: string | undefined
  /** What it includes, by location, as it was when the template was submitted: a snippet that changes later changes no stack. */
  readonly snippets?: Snippets | undefined
}

export type Snippets = Readonly<Record<string, string>>

export type Operation =
  | { readonly kind: 'create'; readonly onFailure: 'ROLLBACK' | 'DELETE' | 'DO_NOTHING'; readonly by: Requester }
  | { readonly kind: 'update'; readonly disableRollback: boolean; readonly by: Requester }
  /** Goes back to the previous revision, or to nothing. `skip` names resources to leave as they are. */
  | { readonly kind: 'rollback'; readonly skip: readonly string[]; readonly by: Requester }
  /** `retain` names resources to leave behind; `from` is where the stack returns when the deletion is refused. */
  | {
      readonly kind: 'delete'
      readonly retain: readonly string[]
      readonly from: { readonly status: StackStatus; readonly statusReason?: string | undefined }
      readonly by: Requester
    }

/** Who asked, so that the operation can be carried on after a restart. */
export interface Requester {
  readonly caller: Omit<Caller, 'headers'>
  readonly clientRequestToken?: string | undefined
}

export interface StackOutput {
  readonly key: string
  readonly value: string
  readonly description?: string | undefined
  readonly exportName?: string | undefined
}

export interface StackResource {
  readonly logicalId: string
  readonly type: string
  readonly status: ResourceStatus
  readonly statusReason?: string | undefined
  readonly at: number
  /** Where the template declares it. */
  readonly position?: Position | undefined
  /** JSON text. */
  readonly metadata?: string | undefined
  /** What exists and answers to `Ref`. */
  readonly current?: PhysicalResource | undefined
  /** What the handler was last asked for and has not confirmed: the intent, recorded before it acts. */
  readonly intended?: Intent | undefined
  /** What the running operation did to it, or, for `removed`, will do last; kept while it can still be undone. */
  readonly touched?: 'added' | 'updated' | 'replaced' | 'removed' | undefined
  /** What was current before the running operation touched it. */
  readonly previous?: PhysicalResource | undefined
  /** Physical resources that something newer took the place of, still to be deleted. */
  readonly superseded: readonly PhysicalResource[]
}

export interface Intent {
  readonly type: string
  /** The evaluated properties, and where they stand in the template (see `sourceMapOf`). */
  readonly written: ValueMap
  readonly sources: SourceMap
  readonly dependsOn: readonly string[]
  readonly deletionPolicy: DeletionPolicy
  readonly updateReplacePolicy: DeletionPolicy
  /** What of it Postern does not do. */
  readonly caveats?: readonly Finding[] | undefined
}

export interface PhysicalResource extends Intent {
  readonly id: string
  /** There is nothing behind the name. */
  readonly isStub?: boolean | undefined
  readonly attributes: Readonly<Record<string, unknown>>
}

export interface StackEvent {
  readonly id: string
  readonly logicalId: string
  readonly physicalId: string
  readonly type: string
  readonly status: StackStatus | ResourceStatus
  readonly reason?: string | undefined
  readonly at: number
  /** JSON text. */
  readonly properties?: string | undefined
  readonly clientRequestToken?: string | undefined
  /** The template line of the resource, or of the cause of its failure; AWS's answers have no place for it. */
  readonly position?: Position | undefined
}

export interface ChangeSet {
  readonly id: string
  readonly name: string
  readonly stackId: string
  readonly type: 'CREATE' | 'UPDATE'
  readonly description?: string | undefined
  readonly createdAt: number
  readonly status: 'CREATE_COMPLETE' | 'FAILED'
  readonly statusReason?: string | undefined
  /** What the reason tells of, and where the template says it: AWS's answers have no place for that. */
  readonly statusCauses?: readonly ErrorCause[] | undefined
  readonly executionStatus:
    | 'AVAILABLE'
    | 'UNAVAILABLE'
    | 'EXECUTE_IN_PROGRESS'
    | 'EXECUTE_COMPLETE'
    | 'EXECUTE_FAILED'
    | 'OBSOLETE'
  /** Said only to those who ask for property values: why some of them are not known. */
  readonly warning?: string | undefined
  readonly revision: Revision
  readonly changes: readonly Change[]
  readonly onStackFailure?: 'DO_NOTHING' | 'ROLLBACK' | 'DELETE' | undefined
  readonly includeNestedStacks: boolean
  readonly clientToken?: string | undefined
}

export interface StackExport {
  readonly name: string
  readonly value: string
  readonly stackId: string
  readonly stackName: string
}

/** A revision that somebody wants a stack to have. */
export interface PlanRequest {
  readonly stackId: string
  readonly stackName: string
  readonly caller: Caller
  readonly template: StoredTemplate
  readonly parameters: readonly GivenParameter[]
  readonly tags: Readonly<Record<string, string>>
  readonly capabilities: readonly string[]
  readonly notificationArns: readonly string[]
  /** Whether a template with a transform needs `CAPABILITY_AUTO_EXPAND`: the stack operations ask for it, change sets do not. */
  readonly expansionNeedsConsent: boolean
}

/** What a stack would have to go through to get there. */
export type Plan = PlannedRevision & {
  /** Whether the template went through a transform: AWS words an empty change set differently then. */
  readonly transformed: boolean
  readonly takesStubs?: boolean
} /** `warning` says which values nobody can know yet, for want of an export. */ & (
    | { readonly kind: 'changes'; readonly changes: readonly Change[]; readonly warning?: string | undefined }
    | { readonly kind: 'unchanged' }
    /**
     * Found only after the transform or by looking at the properties: a change set fails with it, a stack operation throws it. But for
     * what the transform itself says: on AWS that is found only after the call, so the stack is begun, and fails.
     */
    | { readonly kind: 'refused'; readonly error: AwsError; readonly inTransform?: boolean }
  )

export interface PlannedRevision {
  readonly parameters: ResolvedParameters
  readonly description?: string | undefined
  /** To be kept with the template. */
  readonly snippets?: Snippets | undefined
}
