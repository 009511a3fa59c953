import { operation } from '#kit/operation.ts'
import { ListStackResources } from '#services/models/cloudformation.ts'
import { page } from '../pages.ts'
import { onStack } from '../permissions.ts'
import { scopeOf } from '../revisions.ts'
import { getStack, journal, withIdMissing } from '../stacks.ts'
import { resourceSummaryView } from '../views.ts'

export default operation(ListStackResources, {
  authorize: onStack('ListStackResources'),

  run({ StackName, NextToken: token }, caller, ports) {
    const scope = scopeOf(caller)
    const stack = getStack(ports, scope, StackName, withIdMissing)
    const sorted = [...journal(ports, scope, stack).resources()].sort((a, b) => (a.logicalId < b.logicalId ? -1 : 1))
    const { items, ...next } = page(sorted, token)
    return { StackResourceSummaries: items.map(resourceSummaryView), ...next }
  },
})
