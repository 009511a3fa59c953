import type { Position } from '../../template/position.ts'
import type { PseudoParameters } from '../../template/scope.ts'
import type { Value, ValueMap } from '../../template/value.ts'
import type { Budget } from './budget.ts'

/** What becomes of a value before there is a stack. */
export type Settled =
  /** Nothing is left to work out. */
  | { readonly kind: 'known'; readonly value: Value }
  /** What is left for the stack to work out: functions of resources, and of what else nobody knows yet. */
  | { readonly kind: 'left'; readonly value: Value }
  /** `AWS::NoValue`: as if it were not written. */
  | { readonly kind: 'nothing' }

export const known = (value: Value): Settled => ({ kind: 'known', value })
export const left = (value: Value): Settled => ({ kind: 'left', value })
export const nothing: Settled = { kind: 'nothing' }

/** Settles a value; handed to functions so that they need not know each other. */
export type Settle = (value: Value, scope: EarlyScope) => Settled

/** What values may be settled with. */
export interface EarlyScope {
  /** Those whose values are known and no secret. */
  readonly parameters: Readonly<Record<string, string | readonly string[]>>
  readonly pseudo: Partial<PseudoParameters>
  readonly mappings: ValueMap
  /** Whether the condition holds; nothing where that depends on what is not known. Refuses a name that no condition has. */
  readonly condition: (name: string, at: Position | undefined) => boolean | undefined
  /** What the identifiers of the loops around stand for. */
  readonly items: ReadonlyMap<string, string>
  readonly budget: Budget
  /** The resource, output or condition that the value belongs to. */
  readonly within: Subject
}

interface Subject {
  /** As the template writes it: where a loop makes it, the name is the loop's. */
  readonly name: string
  readonly type?: string
  /** Whether its condition is known to be false. */
  readonly unwanted?: boolean
}

/** One function of the template language, as far as the transform works it out. */
export interface EarlyFunction {
  readonly name: string
  settle(argument: Value, scope: EarlyScope, settle: Settle, at: Position | undefined): Settled
}
