import { operation } from '#kit/operation.ts'
import { DescribeStackResource } from '#services/models/cloudformation.ts'
import { onStack } from '../permissions.ts'
import { scopeOf } from '../revisions.ts'
import { getStack, journal, refused } from '../stacks.ts'
import { resourceDetailView } from '../views.ts'

export default operation(DescribeStackResource, {
  authorize: onStack('DescribeStackResource'),

  run({ StackName, LogicalResourceId: logicalId }, caller, ports) {
    const scope = scopeOf(caller)
    // unverified: the quotes.
    const stack = getStack(ports, scope, StackName, (name) => `Stack '${name}' does not exist`)
    const resource = journal(ports, scope, stack).resource(logicalId)
    if (!resource) throw refused(`Resource ${logicalId} does not exist for stack ${stack.name}`)
    return { StackResourceDetail: resourceDetailView(stack, resource) }
  },
})
