import { operation } from '#kit/operation.ts'
import { SetStackPolicy } from '#services/models/cloudformation.ts'
import { onStack } from '../permissions.ts'
import { scopeOf } from '../revisions.ts'
import { getStack, journal, refused } from '../stacks.ts'

export default operation(SetStackPolicy, {
  authorize: onStack('SetStackPolicy'),

  run({ StackName, StackPolicyBody: policy, StackPolicyURL: url }, caller, ports) {
    const stack = getStack(ports, scopeOf(caller), StackName)
    if (url !== undefined) throw refused('postern takes a stack policy as StackPolicyBody, not as StackPolicyURL')
    journal(ports, scopeOf(caller), stack).amend({ policy })
  },
})
