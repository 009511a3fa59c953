import { operation } from '#kit/operation.ts'
import { GetStackPolicy } from '#services/models/cloudformation.ts'
import { onStack } from '../permissions.ts'
import { scopeOf } from '../revisions.ts'
import { getStack } from '../stacks.ts'

export default operation(GetStackPolicy, {
  authorize: onStack('GetStackPolicy'),
  run: ({ StackName }, caller, ports) => ({ StackPolicyBody: getStack(ports, scopeOf(caller), StackName).policy }),
})
