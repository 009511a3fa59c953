import { operation } from '#kit/operation.ts'
import { UpdateTerminationProtection } from '#services/models/cloudformation.ts'
import { onStack } from '../permissions.ts'
import { scopeOf } from '../revisions.ts'
import { getStack, journal } from '../stacks.ts'

export default operation(UpdateTerminationProtection, {
  authorize: onStack('UpdateTerminationProtection'),

  run({ StackName, EnableTerminationProtection: terminationProtection }, caller, ports) {
    const stack = getStack(ports, scopeOf(caller), StackName)
    journal(ports, scopeOf(caller), stack).amend({ terminationProtection })
    return { StackId: stack.id }
  },
})
