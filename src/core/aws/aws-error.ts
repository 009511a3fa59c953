import type { Position } from '../template/position.ts'

/** One of the things that a refusal tells of, in its words, and where a template says it. */
export interface ErrorCause {
  readonly message: string
  /** The logical id of the resource that it is about, where it is about one. */
  readonly resource?: string
  readonly position?: Position | undefined
}

/**
 * A refusal in AWS's words. The front door renders it in the protocol of the call; the engine writes it into a stack event.
 * The HTTP status comes from the service's model where the model knows the code, else from `status`, else 400.
 */
export class AwsError extends Error {
  readonly code: string
  /** HTTP status, for codes that no service model lists. */
  readonly status: number | undefined
  /** Further members of the error's shape, such as `Reason` or `Type`. */
  readonly fields: Readonly<Record<string, unknown>>
  /** Where in a template the cause stands, when there is one. */
  readonly position: Position | undefined
  /** Each thing that the message tells of, where it is about a template. */
  readonly causes: readonly ErrorCause[]

  constructor(
    code: string,
    message: string,
    more: {
      status?: number
      fields?: Record<string, unknown>
      position?: Position | undefined
      causes?: readonly ErrorCause[]
      cause?: unknown
    } = {},
  ) {
    super(message, { cause: more.cause })
    this.name = 'AwsError'
    this.code = code
    this.status = more.status
    this.fields = more.fields ?? {}
    this.causes = more.causes ?? (more.position ? [{ message, position: more.position }] : [])
    this.position = more.position ?? this.causes.find(({ position }) => position)?.position
  }
}
