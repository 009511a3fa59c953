import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import { type Caller, operation } from '#kit/operation.ts'
import type { Ports } from '#kit/ports.ts'
import { type ChangeSet, changeSets, type Plan, type Revision, type Stack, type StoredTemplate } from '#kit/stacks.ts'
import { CreateChangeSet, type CreateChangeSetInput } from '#services/models/cloudformation.ts'
import { changeSetsOf, isExecuted, removeChangeSet } from '../change-sets.ts'
import { onStack } from '../permissions.ts'
import { planRevision, scopeOf, storeRevision } from '../revisions.ts'
import { checkStackName, checkUpdatable, findStack, getStack, journal, newStack, putNewStack, refused } from '../stacks.ts'
import { templateOf } from '../template-source.ts'
import { refuseUnsupported } from '../unsupported.ts'

export default operation(CreateChangeSet, {
  authorize: onStack('CreateChangeSet'),

  async run(input, caller, ports) {
    checkStackName(input.StackName)
    refuseUnsupported(input, ['ResourceTypes', 'ImportExistingResources', 'DeploymentMode'])
    const scope = scopeOf(caller)
    const candidate = stackFor(input, caller, ports)
    const submitted = await templateOf(input, caller, ports, candidate)
    const { plan, template, revision } = await planRevision(input, submitted, candidate, caller, ports, false)
    // Another call may have been quicker while this one read its template.
    const stack = findStack(ports, scope, stackFor(input, caller, ports).id) ?? candidate
    freeName(input.ChangeSetName, stack, ports, scope)
    if (!findStack(ports, scope, stack.id)) {
      putNewStack(ports, scope, stack)
      journal(ports, scope, stack).enter('REVIEW_IN_PROGRESS', 'User Initiated')
    }
    const changeSet = keep(input, stack, plan, revision, template, caller, ports)
    return { Id: changeSet.id, StackId: stack.id }
  },
})

function stackFor(input: CreateChangeSetInput, caller: Caller, ports: Ports): Stack {
  const scope = scopeOf(caller)
  if (input.ChangeSetType === 'IMPORT' || input.ResourcesToImport) {
    throw new AwsError('NotImplemented', 'postern does not import existing resources into stacks', { status: 501 })
  }
  if (input.ChangeSetType === 'CREATE') {
    const found = findStack(ports, scope, input.StackName)
    if (found && found.status !== 'REVIEW_IN_PROGRESS') {
      throw refused(
        `Stack [${input.StackName}] already exists and cannot be created again with the changeSet [${input.ChangeSetName}].`,
      )
    }
    return found ?? newStack(input.StackName, caller, ports)
  }
  const stack = getStack(ports, scope, input.StackName)
  checkUpdatable(stack)
  return stack
}

/**
 * Executed change sets free their names. So do failed ones, unlike on AWS: the aws CLI and sam name theirs after the second, and two
 * deployments without changes take less than one here.
 */
function freeName(name: string, stack: Stack, ports: Ports, scope: Scope): void {
  const holder = changeSetsOf(ports, scope, stack).find((other) => other.name === name && !isExecuted(other))
  if (!holder) return
  if (holder.status !== 'FAILED') throw new AwsError('AlreadyExistsException', `ChangeSet [${name}] already exists`)
  removeChangeSet(ports, scope, holder)
}

function keep(
  input: CreateChangeSetInput,
  stack: Stack,
  plan: Plan,
  revision: Omit<Revision, 'template'>,
  template: StoredTemplate,
  caller: Caller,
  ports: Ports,
): ChangeSet {
  const scope = scopeOf(caller)
  const { partition, region, account } = caller
  const statusReason = failure(plan)
  const changeSet: ChangeSet = {
    id: `arn:${partition}:cloudformation:${region}:${account}:changeSet/${input.ChangeSetName}/${ports.ids.uuid()}`,
    name: input.ChangeSetName,
    stackId: stack.id,
    type: input.ChangeSetType === 'CREATE' ? 'CREATE' : 'UPDATE',
    description: input.Description,
    createdAt: ports.clock.now(),
    status: statusReason === undefined ? 'CREATE_COMPLETE' : 'FAILED',
    statusReason,
    statusCauses: plan.kind === 'refused' ? plan.error.causes : undefined,
    executionStatus: statusReason === undefined ? 'AVAILABLE' : 'UNAVAILABLE',
    revision: storeRevision(ports, scope, template, revision),
    changes: plan.kind === 'changes' ? plan.changes : [],
    warning: plan.kind === 'changes' ? plan.warning : undefined,
    onStackFailure: input.OnStackFailure,
    includeNestedStacks: input.IncludeNestedStacks ?? false,
    clientToken: input.ClientToken,
  }
  ports.records.put(changeSets, scope, changeSet.id, changeSet)
  const { changeSetIds } = getStack(ports, scope, stack.id)
  journal(ports, scope, stack).amend({ changeSetIds: [...changeSetIds, changeSet.id] })
  return changeSet
}

function failure(plan: Plan): string | undefined {
  if (plan.kind === 'refused') return plan.error.message
  if (plan.kind === 'changes') return undefined
  return plan.transformed
    ? 'No updates are to be performed.'
    : "The submitted information didn't contain changes. Submit different information to create a change set."
}
