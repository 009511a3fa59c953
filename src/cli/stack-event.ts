import { dim, red, statusColour } from './terminal.ts'

/** A stack's event as the local API tells it: AWS's members, and where in the template the resource stands. */
export interface StackEvent {
  readonly EventId: string
  readonly Timestamp: string
  readonly LogicalResourceId: string
  readonly ResourceType: string
  readonly ResourceStatus: string
  readonly ResourceStatusReason?: string
  readonly PhysicalResourceId?: string
  readonly position?: { file?: string; line: number; column: number }
}

/** One event on a line; a failure's reason and place follow on lines of their own. */
export function eventLine({
  Timestamp,
  ResourceStatus,
  ResourceType,
  LogicalResourceId,
  ResourceStatusReason,
  position,
}: StackEvent): string {
  const gap = ' '.repeat(Math.max(2, 22 - ResourceStatus.length))
  const line = `${dim(Timestamp.slice(11, 23))}  ${statusColour(ResourceStatus)}${gap}${LogicalResourceId} ${dim(ResourceType)}`
  if (!ResourceStatusReason) return line
  if (!tellsFailure(ResourceStatus)) return `${line}  ${dim(ResourceStatusReason)}`
  const place = position ? `\n    ${placeOf(position)}` : ''
  return `${line}\n    ${red(ResourceStatusReason)}${place}`
}

/** Why a stack did not come to what was wanted: what its first failed resource says, or else what made it turn back. */
export function failureOf(events: readonly StackEvent[]): string | undefined {
  const told = events.filter(({ ResourceStatusReason }) => ResourceStatusReason !== undefined)
  const event =
    told.find(({ ResourceStatus }) => ResourceStatus.endsWith('_FAILED')) ??
    told.find(({ ResourceStatus }) => tellsFailure(ResourceStatus))
  if (!event) return undefined
  const place = event.position ? ` (${placeOf(event.position)})` : ''
  return `${event.LogicalResourceId}${place}: ${event.ResourceStatusReason}`
}

function tellsFailure(status: string): boolean {
  return status.endsWith('FAILED') || status.endsWith('ROLLBACK_IN_PROGRESS')
}

function placeOf({ file, line, column }: NonNullable<StackEvent['position']>): string {
  return `${file ?? 'template'}:${line}:${column}`
}
