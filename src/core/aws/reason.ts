import type { Position } from '../template/position.ts'

/** What a verdict rests on: the stable code for machines and tests, the sentence for people, and what was looked at. */
export interface Reason {
  /** `<step>/<cause>`, listed in `core/gateway/reason-codes.ts`. Never renamed once released. */
  readonly code: string
  /** One sentence: lower case, no full stop, the user's own words in backticks. */
  readonly text: string
  readonly evidence?: readonly Evidence[]
}

/** One thing that was looked at: a statement of a policy, a place in a template, a header. */
export interface Evidence {
  /** What this is, such as `resource policy`, `endpoint policy`, `VPCEndpointIds`, `Host header`. */
  readonly what: string
  /** What stood there, shortened where long. */
  readonly found?: string
  /** The statement that decided, where a policy did: its `Sid` if it has one, and its place in the policy, counted from 0. */
  readonly statement?: { readonly sid?: string; readonly index: number }
  /** Where it was written: survives from the template's text to the deployed record. */
  readonly source?: Source
}

/** A place in a user's template. */
export interface Source extends Position {
  /** The path inside the template, such as `Resources.Api.Properties.Policy.Statement[0]`. */
  readonly path?: string
  /** The stack that the template was deployed as. */
  readonly stack?: string
}
