import { AwsError } from '#core/aws/aws-error.ts'
import { operation } from '#kit/operation.ts'
import { CreateStack, type CreateStackInput } from '#services/models/cloudformation.ts'
import { onStack } from '../permissions.ts'
import { planRevision, scopeOf, storeRevision } from '../revisions.ts'
import { checkStackName, findStack, journal, makeObsolete, newStack, putNewStack, refused, requester, setOff } from '../stacks.ts'
import { templateOf } from '../template-source.ts'
import { refuseUnsupported } from '../unsupported.ts'

export default operation(CreateStack, {
  authorize: onStack('CreateStack'),

  async run(input, caller, ports) {
    checkStackName(input.StackName)
    refuseUnsupported(input, ['StackPolicyURL', 'ResourceTypes', 'RetainExceptOnCreate'])
    const scope = scopeOf(caller)
    const onFailure = onFailureOf(input)
    const reviewed = () => {
      const found = findStack(ports, scope, input.StackName)
      if (found && found.status !== 'REVIEW_IN_PROGRESS') {
        throw new AwsError('AlreadyExistsException', `Stack [${input.StackName}] already exists`)
      }
      return found
    }
    const candidate = reviewed() ?? newStack(input.StackName, caller, ports)
    const submitted = await templateOf(input, caller, ports)
    const { plan, template, revision } = await planRevision(input, submitted, candidate, caller, ports, true)
    if (plan.kind === 'refused' && !plan.inTransform) throw plan.error
    // Another call may have been quicker while this one read its template.
    const stack = reviewed() ?? candidate
    putNewStack(ports, scope, stack)
    makeObsolete(ports, scope, stack)
    journal(ports, scope, stack).enter('CREATE_IN_PROGRESS', 'User Initiated', {
      operation: { kind: 'create', onFailure, by: requester(caller, input.ClientRequestToken) },
      revision: storeRevision(ports, scope, template, revision),
      disableRollback: onFailure === 'DO_NOTHING',
      terminationProtection: input.EnableTerminationProtection ?? false,
      policy: input.StackPolicyBody,
    })
    await setOff(ports, scope, stack.id)
    return { StackId: stack.id }
  },
})

function onFailureOf({ DisableRollback, OnFailure }: CreateStackInput) {
  if (DisableRollback !== undefined && OnFailure !== undefined) {
    // unverified: AWS's own words.
    throw refused('Either DisableRollback or OnFailure can be specified, not both.')
  }
  return OnFailure ?? (DisableRollback ? 'DO_NOTHING' : 'ROLLBACK')
}
