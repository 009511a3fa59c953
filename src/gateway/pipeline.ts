import type { Reason } from '#core/aws/reason.ts'
import type { Denial } from '#core/gateway/verdict.ts'
import type { Decision, Step } from '#kit/step.ts'

/** Steps in order. A step placed before what it needs does not compile. */
export interface Pipeline<Start extends object, Now, Reach extends Stopwatch> {
  then<Gives>(step: Step<Now, Gives, Reach>): Pipeline<Start, Now & Gives, Reach>
  /** Runs the steps until one denies. `start` is added to on the way. */
  run(start: Start, reach: Reach): Promise<Run<Start, Now>>
}

/** How a pipeline measures its steps: milliseconds that only ever grow. */
export interface Stopwatch {
  readonly elapsed: () => number
}

/** What each step decided: lists by step, since a request that nobody asks about should cost next to nothing to remember. */
export interface Decided {
  /** Of all steps; those past the end of the other lists were not reached. */
  readonly names: readonly string[]
  readonly because: readonly Reason[]
  /** Milliseconds. */
  readonly ms: readonly number[]
}

/** The same as one decision a step. All but the last let the request through. */
export function decisionsOf({ names, because, ms }: Decided, outcome: 'pass' | 'deny'): readonly Decision[] {
  return because.map((reason, index) => ({
    step: names[index] ?? '',
    outcome: index === because.length - 1 ? outcome : 'pass',
    because: reason,
    ms: ms[index] ?? 0,
  }))
}

export type Run<Start, Now> =
  | { readonly outcome: 'pass'; readonly exchange: Now; readonly decided: Decided }
  | {
      readonly outcome: 'deny'
      /** What had been found out before. */
      readonly exchange: Start & Partial<Now>
      readonly decided: Decided
      readonly denial: { readonly as: Denial; readonly because: Reason; readonly mend: readonly string[] }
    }

export function pipeline<Start extends object, Reach extends Stopwatch>(): Pipeline<Start, Start, Reach> {
  return extend([])
}

type AnyStep = Step<never, unknown, never>

function extend<Start extends object, Now, Reach extends Stopwatch>(steps: readonly AnyStep[]): Pipeline<Start, Now, Reach> {
  const names = steps.map(({ name }) => name)
  return {
    then: (step) => extend([...steps, step]),
    async run(start, reach) {
      const because: Reason[] = []
      const ms: number[] = []
      const decided = { names, because, ms }
      let before = reach.elapsed()
      for (const { decide } of steps) {
        // `then` has checked that the exchange has by now what this step needs.
        const answer = decide(start as never, reach as never)
        const verdict = answer instanceof Promise ? await answer : answer
        const after = reach.elapsed()
        because.push(verdict.because)
        ms.push(after - before)
        if (verdict.outcome === 'deny')
          return { outcome: 'deny', exchange: start as Start & Partial<Now>, decided, denial: verdict }
        Object.assign(start, verdict.gives)
        before = after
      }
      return { outcome: 'pass', exchange: start as unknown as Now, decided }
    },
  }
}
