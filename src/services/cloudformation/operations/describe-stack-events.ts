import { operation } from '#kit/operation.ts'
import { eventCounts, eventKey, stackEvents } from '#kit/stacks.ts'
import { DescribeStackEvents } from '#services/models/cloudformation.ts'
import { offsetOf, tokenOf } from '../pages.ts'
import { onStack } from '../permissions.ts'
import { scopeOf } from '../revisions.ts'
import { getStack } from '../stacks.ts'
import { eventView } from '../views.ts'

const PAGE = 100

export default operation(DescribeStackEvents, {
  authorize: onStack('DescribeStackEvents'),

  /** Newest first. A token names the event to go on with, so what happens between two pages moves nothing. */
  run({ StackName, NextToken: token }, caller, ports) {
    const scope = scopeOf(caller)
    const stack = getStack(ports, scope, StackName)
    const { count } = ports.records.get(eventCounts, scope, stack.id) ?? { count: 0 }
    const end = token === undefined ? count : Math.min(offsetOf(token), count)
    const start = Math.max(end - PAGE, 0)
    const numbers = Array.from({ length: end - start }, (_, index) => end - 1 - index)
    return {
      StackEvents: numbers.flatMap((number) => {
        const event = ports.records.get(stackEvents, scope, eventKey(stack.id, number))
        return event ? [eventView(stack, event)] : []
      }),
      ...(start > 0 && { NextToken: tokenOf(start) }),
    }
  },
})
