import { operation } from '#kit/operation.ts'
import { ContinueUpdateRollback } from '#services/models/cloudformation.ts'
import { onStack } from '../permissions.ts'
import { scopeOf } from '../revisions.ts'
import { getStack, journal, refused, requester, setOff } from '../stacks.ts'

export default operation(ContinueUpdateRollback, {
  authorize: onStack('ContinueUpdateRollback'),

  async run({ StackName, ResourcesToSkip: skip = [], ClientRequestToken }, caller, ports) {
    const scope = scopeOf(caller)
    const stack = getStack(ports, scope, StackName)
    if (stack.status !== 'UPDATE_ROLLBACK_FAILED') {
      // unverified: AWS's own words.
      throw refused(`Stack:${stack.id} is in ${stack.status} state and can not continue update rollback.`)
    }
    const about = journal(ports, scope, stack)
    const wrong = skip.filter((logicalId) => about.resource(logicalId)?.status !== 'UPDATE_FAILED')
    if (wrong.length > 0) {
      // unverified: AWS's own words.
      throw refused(`ResourcesToSkip may only list resources that failed to update, unlike [${wrong.join(', ')}]`)
    }
    about.enter('UPDATE_ROLLBACK_IN_PROGRESS', 'User Initiated', {
      operation: { kind: 'rollback', skip, by: requester(caller, ClientRequestToken) },
    })
    await setOff(ports, scope, stack.id)
  },
})
