import type { Position } from '#core/template/position.ts'
import type { Records } from '#kit/records.ts'
import { eventCounts, eventKey, stackEvents, stackNames } from '#kit/stacks.ts'

/** A stack's event in AWS's member names, and the template line that AWS's answers have no place for. */
export interface ShownStackEvent {
  readonly EventId: string
  readonly Timestamp: string
  readonly LogicalResourceId: string
  readonly PhysicalResourceId: string
  readonly ResourceType: string
  readonly ResourceStatus: string
  readonly ResourceStatusReason?: string
  readonly position?: Position
}

/** Every event of a stack, by its name or id, oldest first; nothing where there is no such stack. */
export function stackEventsOf(
  records: Records,
  { account, region }: { account: string; region: string },
  stack: string,
): readonly ShownStackEvent[] | undefined {
  const scope = { account, region }
  const id = stack.startsWith('arn:') ? stack : records.get(stackNames, scope, stack)
  const count = id === undefined ? undefined : records.get(eventCounts, scope, id)?.count
  if (id === undefined || count === undefined) return undefined
  return Array.from({ length: count }, (_, number) => records.get(stackEvents, scope, eventKey(id, number))).flatMap((event) =>
    event
      ? [
          {
            EventId: event.id,
            Timestamp: new Date(event.at).toISOString(),
            LogicalResourceId: event.logicalId,
            PhysicalResourceId: event.physicalId,
            ResourceType: event.type,
            ResourceStatus: event.status,
            ...(event.reason !== undefined && { ResourceStatusReason: event.reason }),
            ...(event.position && { position: event.position }),
          },
        ]
      : [],
  )
}
