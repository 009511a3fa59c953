import type { Caller } from '#kit/operation.ts'
import { operation } from '#kit/operation.ts'
import type { Ports } from '#kit/ports.ts'
import type { Stack } from '#kit/stacks.ts'
import { DeleteStack, type DeleteStackInput } from '#services/models/cloudformation.ts'
import { onStack } from '../permissions.ts'
import { scopeOf } from '../revisions.ts'
import { findStack, journal, refused, requester, setOff } from '../stacks.ts'
import { refuseUnsupported } from '../unsupported.ts'

export default operation(DeleteStack, {
  authorize: onStack('DeleteStack'),

  async run(input, caller, ports) {
    const scope = scopeOf(caller)
    if (input.DeletionMode === 'FORCE_DELETE_STACK') refuseUnsupported(input, ['DeletionMode'])
    const found = findStack(ports, scope, input.StackName)
    // Deleting what is gone succeeds.
    if (!found || found.status === 'DELETE_COMPLETE') return
    if (found.terminationProtection) {
      throw refused(`Stack [${found.name}] cannot be deleted while TerminationProtection is enabled`)
    }
    const stack = await atRest(found, caller, ports)
    if (stack.status === 'DELETE_COMPLETE' || stack.status === 'DELETE_IN_PROGRESS') return
    checkRetained(input, stack)
    journal(ports, scope, stack).enter('DELETE_IN_PROGRESS', 'User Initiated', {
      operation: {
        kind: 'delete',
        retain: input.RetainResources ?? [],
        from: { status: stack.status, statusReason: stack.statusReason },
        by: requester(caller, input.ClientRequestToken),
      },
      deletedAt: ports.clock.now(),
    })
    await setOff(ports, scope, stack.id)
  },
})

/** A creation is broken off by deletion; any other operation has to end first. */
async function atRest(stack: Stack, caller: Caller, ports: Ports): Promise<Stack> {
  const scope = scopeOf(caller)
  if (!stack.operation || stack.status === 'DELETE_IN_PROGRESS') return stack
  if (stack.operation.kind !== 'create') {
    throw refused(`Stack [${stack.id}] cannot be deleted while in status ${stack.status}`)
  }
  ports.stacks.interrupt(scope, stack.id)
  await ports.stacks.run(scope, stack.id)
  return findStack(ports, scope, stack.id) ?? stack
}

function checkRetained({ RetainResources: retain = [] }: DeleteStackInput, { status, logicalIds }: Stack): void {
  if (retain.length > 0 && status !== 'DELETE_FAILED') {
    // unverified: AWS's own words.
    throw refused('Invalid operation on stack. Resources can be retained only when the stack is in the DELETE_FAILED state.')
  }
  const unknown = retain.filter((logicalId) => !logicalIds.includes(logicalId))
  if (unknown.length > 0) throw refused(`Resources [${unknown.join(', ')}] do not exist in stack`)
}
