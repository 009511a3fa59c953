import type { ShownStackEvent } from '#app/stack-events-of.ts'
import { type ConnectionOptions, connect } from '../client.ts'
import { EXIT } from '../exit.ts'
import { eventLine } from '../stack-event.ts'
import { print, printJson } from '../terminal.ts'

export async function events(stack: string, options: ConnectionOptions & { json?: boolean }): Promise<number> {
  const found = await connect(options).get<ShownStackEvent[]>(`events/${encodeURIComponent(stack)}`)
  if (options.json) printJson(found)
  else for (const event of found) print(eventLine(event))
  return EXIT.ok
}
