import type { Listing } from '#app/listing.ts'
import type { Expectation } from './cases.ts'
import type { ApiCall } from './client.ts'
import type { Lookup } from './fill.ts'
import type { Failure, Outcome } from './judge.ts'

/** What the steps of one case share. */
export interface Session {
  /** Calls an API as the account of the case. */
  readonly call: ApiCall
  readonly endpoint: string
  readonly list: () => Listing
  /** The folder of the handlers' sources. */
  readonly handlers: string
  readonly lookup: Lookup
  /** Told what to do when the case is over. */
  readonly later: (finish: () => Promise<void>) => void
}

/** Plays steps of one kind. `value` is what stands under the kind's name; references are filled in. */
export type Kind = (value: never, session: Session, step: Asked) => Promise<Outcome>

export interface Asked {
  readonly input: Readonly<Record<string, unknown>>
  readonly paginate: boolean
  readonly expect: Expectation
}

/** A call that must succeed for the step to make sense. */
export async function must(session: Session, operation: string, input: Readonly<Record<string, unknown>>) {
  const { result, error } = await session.call(operation, input)
  if (error) throw new StepFailed(error)
  return result as never
}

export class StepFailed extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(`${failure.code}: ${failure.message}`)
    this.failure = failure
  }
}

const POLL_MS = 20
const PATIENCE_MS = 15_000

/** Asks until there is an answer; `undefined` when there is none in time. */
export async function until<T>(ask: () => Promise<T | undefined>, patience = PATIENCE_MS): Promise<T | undefined> {
  const end = Date.now() + patience
  for (;;) {
    const found = await ask()
    if (found !== undefined || Date.now() > end) return found
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}
