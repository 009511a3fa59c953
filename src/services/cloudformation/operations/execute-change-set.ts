import { AwsError } from '#core/aws/aws-error.ts'
import { type Caller, operation } from '#kit/operation.ts'
import { type ChangeSet, changeSets, type Operation, type Stack } from '#kit/stacks.ts'
import { ExecuteChangeSet, type ExecuteChangeSetInput } from '#services/models/cloudformation.ts'
import { changeSetsOf, getChangeSet, removeChangeSet } from '../change-sets.ts'
import { onStack } from '../permissions.ts'
import { scopeOf } from '../revisions.ts'
import { checkUpdatable, getStack, journal, refused, requester, setOff } from '../stacks.ts'
import { refuseUnsupported } from '../unsupported.ts'

export default operation(ExecuteChangeSet, {
  authorize: onStack('ExecuteChangeSet'),

  async run(input, caller, ports) {
    const scope = scopeOf(caller)
    refuseUnsupported(input, ['RetainExceptOnCreate'])
    const changeSet = getChangeSet(ports, scope, input.ChangeSetName, input.StackName)
    checkExecutable(changeSet)
    const stack = getStack(ports, scope, changeSet.stackId)
    const creates = stack.status === 'REVIEW_IN_PROGRESS'
    if (!creates) checkUpdatable(stack)
    // The others were worked out against a stack that will be no more.
    for (const other of changeSetsOf(ports, scope, stack)) {
      if (other.id !== changeSet.id) removeChangeSet(ports, scope, other)
    }
    ports.records.put(changeSets, scope, changeSet.id, { ...changeSet, executionStatus: 'EXECUTE_IN_PROGRESS' })
    journal(ports, scope, stack).enter(creates ? 'CREATE_IN_PROGRESS' : 'UPDATE_IN_PROGRESS', 'User Initiated', {
      operation: operationOf(input, changeSet, stack, creates, caller),
      revision: changeSet.revision,
      previous: creates ? undefined : (stack.previous ?? stack.revision),
      updatedAt: ports.clock.now(),
      changeSetId: changeSet.id,
      ...(input.DisableRollback !== undefined && { disableRollback: input.DisableRollback }),
    })
    await setOff(ports, scope, stack.id)
  },
})

function checkExecutable({ id, status, executionStatus }: ChangeSet): void {
  const because = (kind: string, found: string) =>
    new AwsError('InvalidChangeSetStatus', `ChangeSet [${id}] cannot be executed in its current ${kind} of [${found}]`)
  if (status === 'FAILED') throw because('status', status)
  if (executionStatus !== 'AVAILABLE') throw because('execution status', executionStatus)
}

function operationOf(
  { DisableRollback: disabled, ClientRequestToken }: ExecuteChangeSetInput,
  { onStackFailure }: ChangeSet,
  stack: Stack,
  creates: boolean,
  caller: Caller,
): Operation {
  if (disabled !== undefined && onStackFailure !== undefined) {
    // unverified: AWS's own words.
    throw refused('DisableRollback cannot be used with a change set that has OnStackFailure.')
  }
  const by = requester(caller, ClientRequestToken)
  if (creates) return { kind: 'create', onFailure: onStackFailure ?? (disabled ? 'DO_NOTHING' : 'ROLLBACK'), by }
  return { kind: 'update', disableRollback: disabled ?? (onStackFailure === 'DO_NOTHING' || stack.disableRollback), by }
}
