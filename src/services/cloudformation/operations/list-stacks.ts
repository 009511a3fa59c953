import { operation } from '#kit/operation.ts'
import { stacks } from '#kit/stacks.ts'
import { ListStacks } from '#services/models/cloudformation.ts'
import { page } from '../pages.ts'
import { onStack } from '../permissions.ts'
import { scopeOf } from '../revisions.ts'
import { stackSummaryView } from '../views.ts'

export default operation(ListStacks, {
  authorize: (_input, caller) => onStack('ListStacks')({}, caller),

  run({ StackStatusFilter: statuses = [], NextToken: token }, caller, ports) {
    const wanted = ports.records
      .list(stacks, scopeOf(caller))
      .map(({ value }) => value)
      .filter(({ status }) => statuses.length === 0 || statuses.includes(status))
      .sort((a, b) => b.createdAt - a.createdAt)
    const { items, ...next } = page(wanted, token)
    return { StackSummaries: items.map(stackSummaryView), ...next }
  },
})
