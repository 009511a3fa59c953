import type { Scope } from '#core/aws/scope.ts'
import { operation } from '#kit/operation.ts'
import type { Ports } from '#kit/ports.ts'
import { type Stack, stackResources, stacks } from '#kit/stacks.ts'
import { DescribeStackResources, type DescribeStackResourcesInput } from '#services/models/cloudformation.ts'
import { onStack } from '../permissions.ts'
import { scopeOf } from '../revisions.ts'
import { getStack, journal, refused, withIdMissing } from '../stacks.ts'
import { resourceView } from '../views.ts'

/** AWS shows no more here: ListStackResources has pages. */
const LIMIT = 100

export default operation(DescribeStackResources, {
  authorize: onStack('DescribeStackResources'),

  run(input, caller, ports) {
    const scope = scopeOf(caller)
    const stack = stackOf(input, scope, ports)
    const wanted = journal(ports, scope, stack)
      .resources()
      .filter(({ logicalId }) => input.LogicalResourceId === undefined || logicalId === input.LogicalResourceId)
      .sort((a, b) => (a.logicalId < b.logicalId ? -1 : 1))
    if (input.LogicalResourceId !== undefined && wanted.length === 0) {
      throw refused(`Resource ${input.LogicalResourceId} does not exist for stack ${stack.name}`)
    }
    return { StackResources: wanted.slice(0, LIMIT).map((resource) => resourceView(stack, resource)) }
  },
})

function stackOf({ StackName, PhysicalResourceId: physicalId }: DescribeStackResourcesInput, scope: Scope, ports: Ports): Stack {
  if (StackName !== undefined) return getStack(ports, scope, StackName, withIdMissing)
  // unverified: AWS's own words.
  if (physicalId === undefined) throw refused('StackName or PhysicalResourceId must be specified.')
  const found = ports.records.list(stackResources, scope).find(({ value }) => value.current?.id === physicalId)
  const stackId = found?.key.slice(0, -(found.value.logicalId.length + 1))
  const stack = stackId === undefined ? undefined : ports.records.get(stacks, scope, stackId)
  if (!stack) throw refused(`Stack for ${physicalId} does not exist`)
  return stack
}
