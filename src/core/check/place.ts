import type { Position } from '../template/position.ts'

/** Where in a template something is. */
export interface Place {
  /** Which of the templates that are checked together. */
  readonly file: string
  /** Such as `Resources.Api.Properties.EndpointConfiguration`. */
  readonly path: string
  readonly position?: Position | undefined
}
