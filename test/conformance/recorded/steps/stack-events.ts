import type { Outcome } from '../judge.ts'
import { must, type Session } from '../session.ts'

interface ShownEvent {
  readonly LogicalResourceId: string
  readonly PhysicalResourceId: string
  readonly ResourceStatus: string
  readonly ResourceType: string
  readonly Timestamp: Date
}

/** The events of a stack by logical id, oldest first, changes of status only. */
export async function stackEventsStep(input: { StackName: string }, session: Session): Promise<Outcome> {
  const { StackEvents }: { StackEvents: ShownEvent[] } = await must(session, 'cloudformation.DescribeStackEvents', input)
  const perResource: Record<string, ShownEvent[]> = {}
  for (const event of StackEvents.toReversed()) {
    const { LogicalResourceId, PhysicalResourceId, ResourceStatus, ResourceType, Timestamp } = event
    if (ResourceStatus === 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS') continue
    const isStack = ResourceType === 'AWS::CloudFormation::Stack' && input.StackName === PhysicalResourceId
    const key = isStack ? 'Stack' : LogicalResourceId
    const list = perResource[key] ?? []
    perResource[key] = list
    // Of two events with one status the later stands: it knows the physical id.
    if (list.at(-1)?.ResourceStatus === ResourceStatus) list.pop()
    list.push({ LogicalResourceId, PhysicalResourceId, ResourceStatus, ResourceType, Timestamp })
  }
  return { result: { perResource } }
}
