import { type ConnectionOptions, connect } from '../client.ts'
import { EXIT } from '../exit.ts'
import { eventLine, type StackEvent } from '../stack-event.ts'
import { print, printJson } from '../terminal.ts'

export async function events(stack: string, options: ConnectionOptions & { json?: boolean }): Promise<number> {
  const found = await connect(options).get<StackEvent[]>(`events/${encodeURIComponent(stack)}`)
  if (options.json) printJson(found)
  else for (const event of found) print(eventLine(event))
  return EXIT.ok
}
