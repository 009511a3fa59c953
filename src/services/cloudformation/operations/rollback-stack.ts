import { operation } from '#kit/operation.ts'
import { RollbackStack } from '#services/models/cloudformation.ts'
import { onStack } from '../permissions.ts'
import { scopeOf } from '../revisions.ts'
import { getStack, journal, refused, requester, setOff } from '../stacks.ts'

export default operation(RollbackStack, {
  authorize: onStack('RollbackStack'),

  async run({ StackName, ClientRequestToken }, caller, ports) {
    const scope = scopeOf(caller)
    const stack = getStack(ports, scope, StackName)
    const by = requester(caller, ClientRequestToken)
    const operation = { kind: 'rollback', skip: [], by } as const
    if (stack.status === 'CREATE_FAILED') {
      journal(ports, scope, stack).enter('ROLLBACK_IN_PROGRESS', 'User Initiated', { operation, deletedAt: ports.clock.now() })
    } else if (stack.status === 'UPDATE_FAILED') {
      journal(ports, scope, stack).enter('UPDATE_ROLLBACK_IN_PROGRESS', 'User Initiated', {
        operation,
        revision: stack.previous ?? stack.revision,
        previous: undefined,
      })
    } else {
      // unverified: AWS's own words.
      throw refused(`Stack:${stack.id} is in ${stack.status} state and can not be rolled back.`)
    }
    await setOff(ports, scope, stack.id)
    return { StackId: stack.id }
  },
})
