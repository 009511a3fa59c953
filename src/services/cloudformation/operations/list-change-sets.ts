import { operation } from '#kit/operation.ts'
import { ListChangeSets } from '#services/models/cloudformation.ts'
import { changeSetsOf, isExecuted } from '../change-sets.ts'
import { page } from '../pages.ts'
import { onStack } from '../permissions.ts'
import { scopeOf } from '../revisions.ts'
import { getStack } from '../stacks.ts'
import { changeSetSummaryView } from '../views.ts'

export default operation(ListChangeSets, {
  authorize: onStack('ListChangeSets'),

  run({ StackName, NextToken: token }, caller, ports) {
    const scope = scopeOf(caller)
    const stack = getStack(ports, scope, StackName)
    const waiting = changeSetsOf(ports, scope, stack).filter((changeSet) => !isExecuted(changeSet))
    const { items, ...next } = page(waiting, token)
    return { Summaries: items.map((changeSet) => changeSetSummaryView(changeSet, stack)), ...next }
  },
})
