import type { ValueMap } from '../../template/value.ts'
import type { InvocationTarget } from '../function/invocation-target.ts'
import type { GeneratedResource } from '../generated-resource.ts'
import type { PropertyRules } from '../properties.ts'
import type { Transformation } from '../transformation.ts'

/** How one kind of event becomes CloudFormation. One file each, in this folder. */
export interface EventSource {
  readonly type: string
  readonly properties: PropertyRules
  /** Finds the resource that sends the event. Runs for all events of a function before anything else is checked. */
  readonly link?: (event: Event, resources: ValueMap) => ValueMap
  readonly transform: (event: Event, called: Called, transformation: Transformation) => GeneratedResource[]
}

/** One event of a function, with properties that have passed their rules. */
export interface Event {
  /** The function's id and the event's name: what is made for the event is named after it. */
  readonly id: string
  /** As the function names it. */
  readonly name: string
  readonly node: ValueMap
  readonly properties: ValueMap
  /** What `link` found. */
  readonly linked: ValueMap
}

/** What an event calls, and the role that the function runs under. */
export interface Called {
  readonly target: InvocationTarget
  readonly role: GeneratedResource
}
