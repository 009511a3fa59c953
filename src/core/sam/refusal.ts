import type { Position } from '../template/position.ts'

/** One reason why a template cannot become CloudFormation, in AWS's words. */
export interface TransformCause {
  message: string
  /** The resource that the message names. */
  resource?: string
  position?: Position
}

export interface Surroundings {
  readonly resource?: string
  readonly position: Position | undefined
}

/** Ends the transform of one resource; the others go on, so that all mistakes are told together. */
export class Refusal extends Error {
  readonly resource: string | undefined
  readonly position: Position | undefined
  /** Where AWS sorts this cause among the others, when that is not the resource's id. */
  readonly sortKey: string
  /** What was being transformed: the place to show where the mistake itself has none. */
  around: Surroundings | undefined

  constructor(message: string, more: { resource?: string | undefined; position?: Position | undefined; sortKey?: string } = {}) {
    super(message)
    this.resource = more.resource
    this.position = more.position
    // AWS takes an empty id for none.
    this.sortKey = more.sortKey || more.resource || message
  }
}

/** Ends the whole transform at once. */
export class DocumentRefusal extends Error {
  readonly causes: readonly Refusal[]

  constructor(causes: readonly Refusal[]) {
    super(causes.map(({ message }) => message).join(' '))
    this.causes = causes
  }
}

/** A mistake in one event of a function or state machine; its owner turns it into a `Refusal` of its own. */
export class EventRefusal extends Error {
  readonly event: string
  readonly text: string

  constructor(event: string, text: string) {
    super(`Event with id [${event}] is invalid. ${text}`)
    this.event = event
    this.text = text
  }
}

export function invalidResource(id: string, text: string, position?: Position): Refusal {
  return new Refusal(`Resource with id [${id}] is invalid. ${text}`, { resource: id, position })
}

export function invalidTemplate(text: string, position?: Position): Refusal {
  return new Refusal(`Structure of the SAM template is invalid. ${text}`, { position })
}

/** A mistake that AWS reports alone, whatever else is wrong. */
export function invalidDocument(text: string, position?: Position): DocumentRefusal {
  return new DocumentRefusal([invalidTemplate(text, position)])
}

export function duplicateId(origin: string, id: string, type: string, position?: Position): Refusal {
  return new Refusal(
    `Transforming resource with id [${origin}] attempts to create a new resource with id [${id}] and type "${type}". A resource with that id already exists within this template. Please use a different id for that resource.`,
    { resource: origin, position },
  )
}

/** The event's mistake as one of the resource that has the event. */
export function ofResource(id: string, refusal: EventRefusal, position?: Position): Refusal {
  return invalidResource(id, refusal.message, position)
}

/** Runs a part of the transform, and tells what it was about to the refusals that come out of it and do not know yet. */
export function within<T>(surroundings: Surroundings, run: () => T): T {
  try {
    return run()
  } catch (error) {
    const causes = error instanceof Refusal ? [error] : error instanceof DocumentRefusal ? error.causes : []
    for (const cause of causes) cause.around ??= surroundings
    throw error
  }
}
