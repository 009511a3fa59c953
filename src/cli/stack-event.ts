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
  const line = `${dim(Timestamp.slice(11, 23))}  ${statusColour(ResourceStatus).padEnd(20)}  ${LogicalResourceId} ${dim(ResourceType)}`
  const failed = ResourceStatus.endsWith('FAILED')
  if (!ResourceStatusReason) return line
  if (!failed) return `${line}  ${dim(ResourceStatusReason)}`
  const place = position ? `\n    ${position.file ?? 'template'}:${position.line}:${position.column}` : ''
  return `${line}\n    ${red(ResourceStatusReason)}${place}`
}
