import { positionOfMember } from '../../template/position.ts'
import { isMap, type ValueMap } from '../../template/value.ts'
import type { GeneratedResource } from '../generated-resource.ts'
import { str, typeName } from '../python.ts'
import { orderedEntries } from '../python2/ordered-entries.ts'
import { EventRefusal, ofResource, within } from '../refusal.ts'
import { readDeclaration, type SamResource } from '../sam-resource.ts'
import type { Transformation } from '../transformation.ts'
import type { Called, Event, EventSource } from './event-source.ts'
import { eventSources } from './event-sources.ts'

interface FunctionEvent {
  readonly source: EventSource
  readonly event: Event
}

/** A function's events, each linked to the resource that sends it. */
export function readEvents(fn: SamResource, resources: ValueMap): FunctionEvent[] {
  const events = fn.properties['Events']
  if (!isMap(events)) return []
  return orderedEntries(events).map(([name]) => inFunction(fn, name, () => readEvent(fn, events, name, resources)))
}

function readEvent(fn: SamResource, events: ValueMap, name: string, resources: ValueMap): FunctionEvent {
  const node = events[name]
  if (!isMap(node)) throw new EventRefusal(name, `'${typeName(node, events)}' object has no attribute 'get'`)
  const type = node['Type']
  const source = typeof type === 'string' && Object.hasOwn(eventSources, type) ? eventSources[type] : undefined
  if (!source) {
    throw new EventRefusal(name, `Resource dict has missing or invalid value for key Type. Event Type is: ${str(type)}.`)
  }
  const id = fn.id + name
  const unlinked = { id, name, node, properties: readDeclaration(id, node, source.type, source.properties), linked: {} }
  const event: Event = { ...unlinked, linked: source.link?.(unlinked, resources) ?? {} }
  return { source, event }
}

/** What the events need, those on an API in the order of their paths. */
export function transformEvents(
  fn: SamResource,
  events: readonly FunctionEvent[],
  called: Called,
  transformation: Transformation,
): GeneratedResource[] {
  const ordered = events
    .map((entry) => ({ ...entry, key: orderKey(entry.event) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  return ordered.flatMap(({ source, event }) => inFunction(fn, event.name, () => source.transform(event, called, transformation)))
}

function orderKey({ name, properties }: Event): string {
  const { Path } = properties
  return Path === undefined ? name : str(Path)
}

function inFunction<T>(fn: SamResource, name: string, run: () => T): T {
  const position = positionOfMember(fn.properties['Events'], name)
  return within({ resource: fn.id, position }, () => {
    try {
      return run()
    } catch (error) {
      throw error instanceof EventRefusal ? ofResource(fn.id, error, position) : error
    }
  })
}
