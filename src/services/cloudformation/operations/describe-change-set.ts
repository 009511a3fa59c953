import { operation } from '#kit/operation.ts'
import { DescribeChangeSet } from '#services/models/cloudformation.ts'
import { getChangeSet } from '../change-sets.ts'
import { page } from '../pages.ts'
import { onStack } from '../permissions.ts'
import { scopeOf } from '../revisions.ts'
import { getStack } from '../stacks.ts'
import { changeSetView } from '../views.ts'

export default operation(DescribeChangeSet, {
  authorize: onStack('DescribeChangeSet'),

  run({ ChangeSetName, StackName, NextToken: token, IncludePropertyValues }, caller, ports) {
    const scope = scopeOf(caller)
    const changeSet = getChangeSet(ports, scope, ChangeSetName, StackName)
    const view = changeSetView(changeSet, getStack(ports, scope, changeSet.stackId), IncludePropertyValues ?? false)
    const { items, ...next } = page(view.Changes ?? [], token)
    return { ...view, Changes: items, ...next }
  },
})
