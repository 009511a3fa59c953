import { withoutPropertyValues } from '#core/plan/change-details.ts'
import type { Change } from '#core/plan/plan.ts'
import type { ChangeSet, Revision, Stack, StackEvent, StackResource } from '#kit/stacks.ts'
import type * as Api from '#services/models/cloudformation.ts'

/* Records as the API shows them. What AWS leaves out when there is none is left out here. */

export function stackView(stack: Stack): Api.Stack {
  const { revision } = stack
  return {
    StackId: stack.id,
    StackName: stack.name,
    ChangeSetId: stack.changeSetId,
    Description: revision?.description,
    Parameters: revision && parameterViews(revision),
    CreationTime: new Date(stack.createdAt),
    DeletionTime: date(stack.deletedAt),
    LastUpdatedTime: date(stack.updatedAt),
    RollbackConfiguration: {},
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    DisableRollback: stack.disableRollback,
    NotificationARNs: revision?.notificationArns ?? [],
    TimeoutInMinutes: revision?.timeoutInMinutes,
    Capabilities: some(revision?.capabilities ?? []) as readonly Api.Capability[] | undefined,
    Outputs: some(stack.status === 'DELETE_COMPLETE' ? [] : stack.outputs.map(outputView)),
    RoleARN: revision?.roleArn,
    Tags: tagViews(revision?.tags ?? {}),
    EnableTerminationProtection: stack.status === 'DELETE_COMPLETE' ? undefined : stack.terminationProtection,
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
  }
}

export function stackSummaryView(stack: Stack): Api.StackSummary {
  return {
    StackId: stack.id,
    StackName: stack.name,
    TemplateDescription: stack.revision?.description,
    CreationTime: new Date(stack.createdAt),
    LastUpdatedTime: date(stack.updatedAt),
    DeletionTime: date(stack.deletedAt),
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
  }
}

export function resourceView(stack: Stack, resource: StackResource): Api.StackResource {
  return {
    StackName: stack.name,
    StackId: stack.id,
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.current?.id,
    ResourceType: resource.type,
    Timestamp: new Date(resource.at),
    ResourceStatus: resource.status,
    ResourceStatusReason: resource.statusReason,
    DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
  }
}

export function resourceDetailView(stack: Stack, resource: StackResource): Api.StackResourceDetail {
  return {
    StackName: stack.name,
    StackId: stack.id,
    ...resourceSummaryView(resource),
    Metadata: resource.metadata ?? '{}',
    DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
  }
}

export function resourceSummaryView(resource: StackResource): Api.StackResourceSummary {
  return {
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.current?.id,
    ResourceType: resource.type,
    LastUpdatedTimestamp: new Date(resource.at),
    ResourceStatus: resource.status,
    ResourceStatusReason: resource.statusReason,
    DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
  }
}

export function eventView(stack: Stack, event: StackEvent): Api.StackEvent {
  return {
    StackId: stack.id,
    EventId: event.id,
    StackName: stack.name,
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.type,
    Timestamp: new Date(event.at),
    // The model knows no REVIEW_IN_PROGRESS of resources, but AWS shows that of the stack here too.
    ResourceStatus: event.status as Api.ResourceStatus,
    ResourceStatusReason: event.reason,
    ResourceProperties: event.properties,
    ClientRequestToken: event.clientRequestToken,
  }
}

function parameterViews({ shownParameters, resolvedParameters = {} }: Revision): readonly Api.Parameter[] | undefined {
  const views = Object.entries(shownParameters).map(([ParameterKey, ParameterValue]) => {
    const ResolvedValue = resolvedParameters[ParameterKey]
    return { ParameterKey, ParameterValue, ...(ResolvedValue !== undefined && { ResolvedValue }) }
  })
  return some(views)
}

export function changeSetView(changeSet: ChangeSet, stack: Stack, withValues: boolean): Api.DescribeChangeSetOutput {
  const { revision } = changeSet
  return {
    ChangeSetName: changeSet.name,
    ChangeSetId: changeSet.id,
    StackId: stack.id,
    StackName: stack.name,
    Description: changeSet.description,
    Parameters: parameterViews(revision),
    CreationTime: new Date(changeSet.createdAt),
    ExecutionStatus: changeSet.executionStatus,
    Status: changeSet.status,
    StatusReason: changeSet.statusReason ?? (withValues ? changeSet.warning : undefined),
    NotificationARNs: revision.notificationArns,
    RollbackConfiguration: {},
    Capabilities: revision.capabilities as readonly Api.Capability[],
    Tags: some(tagViews(revision.tags)),
    Changes: changeSet.changes.map((change) => ({ Type: 'Resource', ResourceChange: changeView(change, withValues) })),
    IncludeNestedStacks: changeSet.includeNestedStacks,
    OnStackFailure: changeSet.onStackFailure,
  }
}

export function changeSetSummaryView(changeSet: ChangeSet, stack: Stack): Api.ChangeSetSummary {
  return {
    StackId: stack.id,
    StackName: stack.name,
    ChangeSetId: changeSet.id,
    ChangeSetName: changeSet.name,
    ExecutionStatus: changeSet.executionStatus,
    Status: changeSet.status,
    StatusReason: changeSet.statusReason,
    CreationTime: new Date(changeSet.createdAt),
    Description: changeSet.description,
    IncludeNestedStacks: changeSet.includeNestedStacks,
  }
}

function changeView(change: Change, withValues: boolean): Api.ResourceChange {
  const { before, after, details } = withValues ? change : withoutPropertyValues(change)
  return {
    PolicyAction: change.policyAction,
    Action: change.action,
    LogicalResourceId: change.logicalId,
    PhysicalResourceId: change.physicalId,
    ResourceType: change.type,
    Replacement: change.replacement,
    Scope: change.scope,
    Details: details,
    BeforeContext: before && JSON.stringify(before),
    AfterContext: after && JSON.stringify(after),
  }
}

function outputView({ key, value, description, exportName }: Stack['outputs'][number]): Api.Output {
  return { OutputKey: key, OutputValue: value, Description: description, ExportName: exportName }
}

const tagViews = (tags: Readonly<Record<string, string>>) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))

const date = (at: number | undefined) => (at === undefined ? undefined : new Date(at))

const some = <T>(list: readonly T[]): readonly T[] | undefined => (list.length > 0 ? list : undefined)
