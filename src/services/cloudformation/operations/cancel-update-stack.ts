import { operation } from '#kit/operation.ts'
import { CancelUpdateStack } from '#services/models/cloudformation.ts'
import { onStack } from '../permissions.ts'
import { scopeOf } from '../revisions.ts'
import { getStack, refused } from '../stacks.ts'

export default operation(CancelUpdateStack, {
  authorize: onStack('CancelUpdateStack'),

  run({ StackName }, caller, ports) {
    const scope = scopeOf(caller)
    const stack = getStack(ports, scope, StackName)
    if (stack.status !== 'UPDATE_IN_PROGRESS') throw refused('CancelUpdateStack cannot be called from current stack status')
    ports.stacks.interrupt(scope, stack.id)
  },
})
