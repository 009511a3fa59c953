import { operation } from '#kit/operation.ts'
import { stacks } from '#kit/stacks.ts'
import { DescribeStacks } from '#services/models/cloudformation.ts'
import { page } from '../pages.ts'
import { onStack } from '../permissions.ts'
import { scopeOf } from '../revisions.ts'
import { getStack, withIdMissing } from '../stacks.ts'
import { stackView } from '../views.ts'

export default operation(DescribeStacks, {
  authorize: onStack('DescribeStacks'),

  run({ StackName, NextToken: token }, caller, ports) {
    const scope = scopeOf(caller)
    if (StackName !== undefined) return { Stacks: [stackView(getStack(ports, scope, StackName, withIdMissing))] }
    const live = ports.records
      .list(stacks, scope)
      .map(({ value }) => value)
      .filter(({ status }) => status !== 'DELETE_COMPLETE')
      .sort((a, b) => b.createdAt - a.createdAt)
    const { items, ...next } = page(live, token)
    return { Stacks: items.map(stackView), ...next }
  },
})
