import { operation } from '#kit/operation.ts'
import { UpdateStack } from '#services/models/cloudformation.ts'
import { onStack } from '../permissions.ts'
import { planRevision, scopeOf, storeRevision } from '../revisions.ts'
import { checkUpdatable, getStack, journal, makeObsolete, refused, requester, setOff } from '../stacks.ts'
import { templateOf } from '../template-source.ts'
import { refuseUnsupported } from '../unsupported.ts'

export default operation(UpdateStack, {
  authorize: onStack('UpdateStack'),

  async run(input, caller, ports) {
    const scope = scopeOf(caller)
    refuseUnsupported(input, [
      'StackPolicyURL',
      'StackPolicyDuringUpdateBody',
      'StackPolicyDuringUpdateURL',
      'ResourceTypes',
      'RetainExceptOnCreate',
    ])
    const before = getStack(ports, scope, input.StackName)
    checkUpdatable(before)
    const submitted = await templateOf(input, caller, ports, before)
    const { plan, template, revision } = await planRevision(input, submitted, before, caller, ports, true)
    if (plan.kind === 'refused' && !plan.inTransform) throw plan.error
    if (plan.kind === 'unchanged') throw refused('No updates are to be performed.')
    // Another call may have been quicker while this one read its template.
    const stack = getStack(ports, scope, input.StackName)
    checkUpdatable(stack)
    makeObsolete(ports, scope, stack)
    const disableRollback = input.DisableRollback ?? stack.disableRollback
    journal(ports, scope, stack).enter('UPDATE_IN_PROGRESS', 'User Initiated', {
      operation: { kind: 'update', disableRollback, by: requester(caller, input.ClientRequestToken) },
      revision: storeRevision(ports, scope, template, revision),
      previous: stack.previous ?? stack.revision,
      updatedAt: ports.clock.now(),
      ...(input.StackPolicyBody !== undefined && { policy: input.StackPolicyBody }),
    })
    await setOff(ports, scope, stack.id)
    return { StackId: stack.id }
  },
})
