import type { ResourceSchema } from './schema.ts'

export interface PropertyChange {
  /** `/Properties/Policy/Statement/0`, as change sets write it. */
  readonly path: string
  /** The top-level property. */
  readonly name: string
  readonly kind: 'Add' | 'Modify' | 'Remove'
  readonly before?: unknown
  readonly after?: unknown
  readonly requiresRecreation: 'Never' | 'Conditionally' | 'Always'
}

export interface Comparison {
  /** Paths of what differs. */
  readonly changed: readonly string[]
  readonly replaces: 'never' | 'conditionally' | 'always'
  readonly changes: readonly PropertyChange[]
}

/** Compares coerced properties. What differs as a set of members only by order differs. */
export function compareProperties(
  _before: Readonly<Record<string, unknown>>,
  _after: Readonly<Record<string, unknown>>,
  _schema: ResourceSchema<unknown>,
): Comparison {
  throw new Error('being written')
}
