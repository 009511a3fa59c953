import { positionOfMember } from '../../template/position.ts'
import { isMap, type ValueMap } from '../../template/value.ts'
import type { Event } from '../events/event-source.ts'
import { schedule, scheduleV2Properties } from '../events/schedule-v2.ts'
import { str, typeName } from '../python.ts'
import { orderedEntries } from '../python2/ordered-entries.ts'
import { EventRefusal, ofResource } from '../refusal.ts'
import { readDeclaration, type SamResource } from '../sam-resource.ts'
import { apiStart } from './api.ts'
import { type StateMachineEventSource, startPolicy } from './event.ts'
import { cloudWatchStart, eventBridgeStart, scheduleStart } from './rules.ts'

const scheduleV2Start: StateMachineEventSource = {
  type: 'ScheduleV2',
  properties: scheduleV2Properties,
  transform({ id, properties }, { arn, inherited: attributes }) {
    return schedule(id, properties, { arn, attributes, policy: startPolicy(id, arn) })
  },
}

/** Every kind of event that can start a state machine. */
const sources: ReadonlyMap<unknown, StateMachineEventSource> = new Map(
  [apiStart, cloudWatchStart, eventBridgeStart, scheduleStart, scheduleV2Start].map((source) => [source.type, source]),
)

export interface StateMachineEvent {
  readonly source: StateMachineEventSource
  readonly event: Event
}

/** A state machine's events, each linked to the resource that sends it. */
export function readStateMachineEvents(machine: SamResource, resources: ValueMap): StateMachineEvent[] {
  const events = machine.properties['Events']
  if (!isMap(events)) return []
  return orderedEntries(events).map(([name]) => {
    try {
      return readEvent(machine, events, name, resources)
    } catch (error) {
      if (error instanceof EventRefusal) throw ofResource(machine.id, error, positionOfMember(events, name))
      throw error
    }
  })
}

function readEvent(machine: SamResource, events: ValueMap, name: string, resources: ValueMap): StateMachineEvent {
  const node = events[name]
  if (!isMap(node)) throw new EventRefusal(name, `'${typeName(node, events)}' object has no attribute 'get'`)
  const source = sources.get(node['Type'])
  if (!source) {
    throw new EventRefusal(name, `Resource dict has missing or invalid value for key Type. Event Type is: ${str(node['Type'])}.`)
  }
  const id = machine.id + name
  const unlinked = { id, name, node, properties: readDeclaration(id, node, source.type, source.properties), linked: {} }
  return { source, event: { ...unlinked, linked: source.link?.(unlinked, resources) ?? {} } }
}
