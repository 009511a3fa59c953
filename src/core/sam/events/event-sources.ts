import { apiEvent } from './api.ts'
import type { EventSource } from './event-source.ts'

/** Every kind of event that a function can have. Adding one is adding its file and a line here. */
const sources: readonly EventSource[] = [apiEvent]

export const eventSources: Readonly<Record<string, EventSource>> = Object.fromEntries(
  sources.map((source) => [source.type, source]),
)
