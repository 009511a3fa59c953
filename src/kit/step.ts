import type { Reason } from '#core/aws/reason.ts'
import type { Verdict } from '#core/gateway/verdict.ts'

/** Any step of the request pipeline; a `Check` is one. `decide` is a property, not a method, so that the compiler checks the order of steps. */
export interface Step<Needs, Gives, Reach = unknown> {
  readonly name: string
  readonly decide: (exchange: Needs, reach: Reach) => Verdict<Gives> | Promise<Verdict<Gives>>
}

/** What a step decided, and how long it took. */
export interface Decision {
  readonly step: string
  readonly outcome: 'pass' | 'deny'
  readonly because: Reason
  /** Milliseconds. */
  readonly ms: number
}
