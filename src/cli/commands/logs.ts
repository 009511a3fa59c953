import { type Client, type ConnectionOptions, connect } from '../client.ts'
import { CommandFailed, EXIT } from '../exit.ts'
import { functionNamed } from '../function-named.ts'
import { dim, isRead, print } from '../terminal.ts'

interface FilteredEvents {
  readonly events?: readonly { eventId: string; timestamp: number; message: string; logStreamName: string }[]
  readonly nextToken?: string
}

/** How often a followed log is looked at. */
const POLL_MS = 500

export async function logs(
  name: string,
  options: ConnectionOptions & { since: string; filter?: string; follow?: boolean; json?: boolean },
): Promise<number> {
  const client = connect(options)
  const logGroupName = await logGroupOf(client, name)
  let startTime = Date.now() - milliseconds(options.since)
  // Events of one millisecond may arrive one after the other, so the last millisecond is asked for again.
  let told = new Set<string>()
  for (;;) {
    // A page belongs to the question that the first one answered.
    const from = startTime
    let nextToken: string | undefined
    do {
      const page: FilteredEvents = await client.call('logs', 'FilterLogEvents', {
        logGroupName,
        startTime: from,
        ...(options.filter && { filterPattern: options.filter }),
        ...(nextToken && { nextToken }),
      })
      for (const event of page.events ?? []) {
        if (told.has(event.eventId)) continue
        if (event.timestamp > startTime) told = new Set()
        told.add(event.eventId)
        startTime = event.timestamp
        if (options.json) print(JSON.stringify(event))
        else print(`${dim(new Date(event.timestamp).toISOString())} ${event.message.trimEnd()}`)
      }
      nextToken = page.nextToken
    } while (nextToken)
    if (!options.follow || !isRead()) return EXIT.ok
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}

/** A log outlives its function, so the name of one that is gone still counts. */
async function logGroupOf(client: Client, name: string): Promise<string> {
  if (name.startsWith('/') || name.startsWith('API-Gateway-')) return name
  return `/aws/lambda/${await functionNamed(client, name, () => name)}`
}

function milliseconds(text: string): number {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(text) ?? []
  const length = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[unit as 's' | 'm' | 'h' | 'd']
  if (count === undefined || length === undefined)
    throw new CommandFailed(`\`${text}\` is not a time`, { exitCode: EXIT.usage, mend: 'write 30s, 10m, 2h or 1d' })
  return Number(count) * length
}
