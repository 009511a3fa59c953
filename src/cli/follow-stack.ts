import type { ShownStackEvent } from '#app/stack-events-of.ts'
import type { Client } from './client.ts'
import { eventLine, failureOf } from './stack-event.ts'
import { say } from './terminal.ts'

/** How often a stack at work is looked at. */
const POLL_MS = 100

/**
 * Prints a stack's events as they happen, until the stack rests. `after` is the id of the last event that is old news.
 */
export async function followStack(
  client: Client,
  stackId: string,
  { after, quiet }: { after: string | undefined; quiet: boolean },
): Promise<{ status: string; reason?: string }> {
  let last = after
  const told: ShownStackEvent[] = []
  for (;;) {
    const { Stacks } = await client.call<{ Stacks: { StackStatus: string; StackStatusReason?: string }[] }>(
      'cloudformation',
      'DescribeStacks',
      {
        StackName: stackId,
      },
    )
    const events = await client.get<ShownStackEvent[]>(`events/${encodeURIComponent(stackId)}`)
    const fresh = events.slice(events.findIndex(({ EventId }) => EventId === last) + 1)
    last = events.at(-1)?.EventId ?? last
    told.push(...fresh)
    if (!quiet) for (const event of fresh) say(eventLine(event))
    const { StackStatus: status = 'UNKNOWN', StackStatusReason: reason } = Stacks[0] ?? {}
    if (!status.endsWith('_IN_PROGRESS')) {
      const why = reason ?? failureOf(told)
      return { status, ...(why !== undefined && { reason: why }) }
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}
