import { AwsError } from '#core/aws/aws-error.ts'
import { operation } from '#kit/operation.ts'
import { changeSets } from '#kit/stacks.ts'
import { DeleteChangeSet } from '#services/models/cloudformation.ts'
import { changeSetsOf, removeChangeSet } from '../change-sets.ts'
import { onStack } from '../permissions.ts'
import { scopeOf } from '../revisions.ts'
import { getStack, refused } from '../stacks.ts'

export default operation(DeleteChangeSet, {
  authorize: onStack('DeleteChangeSet'),

  /** Deleting what is gone succeeds. */
  run({ ChangeSetName: nameOrId, StackName }, caller, ports) {
    const scope = scopeOf(caller)
    const byId = nameOrId.startsWith('arn:')
    if (!byId && StackName === undefined) {
      throw refused('StackName must be specified if ChangeSetName is not specified as an ARN.')
    }
    const found = byId
      ? ports.records.get(changeSets, scope, nameOrId)
      : changeSetsOf(ports, scope, getStack(ports, scope, StackName ?? '')).findLast(({ name }) => name === nameOrId)
    if (found?.executionStatus === 'EXECUTE_IN_PROGRESS') {
      throw new AwsError(
        'InvalidChangeSetStatus',
        `ChangeSet [${found.id}] cannot be deleted in its current execution status of [${found.executionStatus}]`,
      )
    }
    if (found) removeChangeSet(ports, scope, found)
  },
})
