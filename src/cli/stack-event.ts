import type { ShownStackEvent } from '#app/stack-events-of.ts'
import { formatPosition } from '#core/template/position.ts'
import { dim, red, statusColour } from './terminal.ts'

/** One event on a line; a failure's reason and place follow on lines of their own. */
export function eventLine({
  Timestamp,
  ResourceStatus,
  ResourceType,
  LogicalResourceId,
  ResourceStatusReason,
  position,
}: ShownStackEvent): string {
  const gap = ' '.repeat(Math.max(2, 22 - ResourceStatus.length))
  const line = `${dim(Timestamp.slice(11, 23))}  ${statusColour(ResourceStatus)}${gap}${LogicalResourceId} ${dim(ResourceType)}`
  if (!ResourceStatusReason) return line
  if (!tellsFailure(ResourceStatus)) return `${line}  ${dim(ResourceStatusReason)}`
  const place = position ? `\n    ${formatPosition({ file: 'template', ...position })}` : ''
  return `${line}\n    ${red(ResourceStatusReason)}${place}`
}

/** Why a stack did not come to what was wanted: what its first failed resource says, or else what made it turn back. */
export function failureOf(events: readonly ShownStackEvent[]): string | undefined {
  const told = events.filter(({ ResourceStatusReason }) => ResourceStatusReason !== undefined)
  const event =
    told.find(({ ResourceStatus }) => ResourceStatus.endsWith('_FAILED')) ??
    told.find(({ ResourceStatus }) => tellsFailure(ResourceStatus))
  if (!event) return undefined
  const place = event.position ? ` (${formatPosition({ file: 'template', ...event.position })})` : ''
  return `${event.LogicalResourceId}${place}: ${event.ResourceStatusReason}`
}

function tellsFailure(status: string): boolean {
  return status.endsWith('FAILED') || status.endsWith('ROLLBACK_IN_PROGRESS')
}
