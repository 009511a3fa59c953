import type { Clock, FunctionCode, Invocation, Outcome } from '#kit/ports.ts'
import type { Environment, EnvironmentKeeper } from './environment.ts'

/** All environments of one revision of a function, and the invocations that wait for one. */
export interface Fleet {
  readonly code: FunctionCode
  run(invocation: Invocation): Promise<Outcome>
  /** Whether `retire` was called: what waits is served, and new calls belong to another fleet. */
  isRetired(): boolean
  /** Ends idle environments now, and the others as soon as nothing waits. */
  retire(): void
  /** Ends the environment that has been idle longest. Answers whether there was one. */
  yieldOne(): boolean
}

export interface FleetOptions {
  readonly clock: Clock
  /** How many environments are worth having for requests that take next to no time: about one for each core. */
  readonly cores: number
  readonly idleMs: number
  /** Starts one; rejects when the code cannot be unpacked. */
  readonly start: (code: FunctionCode, keeper: EnvironmentKeeper) => Promise<Environment>
  /** How long a waiting invocation should wait before another environment is started, given how many the fleet has. */
  readonly patience: (size: number) => number
}

interface Waiting {
  readonly invocation: Invocation
  readonly since: number
  readonly settle: (outcome: Outcome) => void
  readonly reject: (error: unknown) => void
}

/** Below this an invocation is short: more environments than cores would only take the processor from each other. */
const SHORT_MS = 5
/** Even so, environments that have answered nothing for this long are busy with something slow. */
const STUCK_MS = 100

/**
 * Invocations go to the environment that was used last, since it is the warmest. Where none is idle they queue for a moment: a
 * function that answers in a millisecond is served sooner by the environments it has than by a process that must first be started.
 * A queue that waits for slow invocations starts more, one for each core at a time.
 */
export function createFleet(code: FunctionCode, { clock, cores, idleMs, start, patience }: FleetOptions): Fleet {
  const idle: Environment[] = []
  const timers = new Map<Environment, () => void>()
  const all = new Set<Environment>()
  const queue: Waiting[] = []
  let starting = 0
  let inFlight = 0
  let retired = false
  let lastStart = 0
  let lastAnswer = 0
  /** What an invocation usually takes; leans to the short ones, since a loaded machine makes all of them longer. */
  let usual: number | undefined
  let cancelGrowth: (() => void) | undefined

  const endIdle = (environment: Environment) => {
    const place = idle.indexOf(environment)
    if (place >= 0) idle.splice(place, 1)
    environment.end()
  }

  const dispatch = (environment: Environment, { invocation, settle }: Pick<Waiting, 'invocation' | 'settle'>) => {
    timers.get(environment)?.()
    timers.delete(environment)
    const began = clock.now()
    void environment.run(invocation).then((outcome) => {
      lastAnswer = clock.now()
      // Not by our own clock where it can be helped: when Postern is busy, everything seems to take long.
      const took = environment.lastMs() ?? lastAnswer - began
      usual = usual === undefined ? took : usual + (took < usual ? 0.2 : 0.02) * (took - usual)
      settle(outcome)
    })
  }

  const keeper: EnvironmentKeeper = {
    idle(environment) {
      if (!all.has(environment)) {
        all.add(environment)
        starting -= 1
        lastStart = clock.now()
      }
      const next = queue.shift()
      if (next) {
        dispatch(environment, next)
        if (queue.length > 0 && !cancelGrowth) grow()
        return
      }
      if (retired) return environment.end()
      idle.push(environment)
      timers.set(
        environment,
        clock.after(idleMs, () => endIdle(environment)),
      )
    },
    startFailed(environment) {
      starting -= 1
      const next = queue.shift()
      next?.settle(environment.failedStart(next.invocation))
      grow()
    },
    gone(environment) {
      timers.get(environment)?.()
      timers.delete(environment)
      const place = idle.indexOf(environment)
      if (place >= 0) idle.splice(place, 1)
      if (all.delete(environment)) grow()
    },
  }

  const startOne = () => {
    starting += 1
    start(code, keeper).catch((error) => {
      starting -= 1
      // Nothing that waits can be served by code that cannot be unpacked.
      for (const { reject } of queue.splice(0)) reject(error)
    })
  }

  const helps = (size: number, now: number, oldest: Waiting) =>
    size < cores || (usual !== undefined && usual >= SHORT_MS) || now - Math.max(lastAnswer, oldest.since) >= STUCK_MS

  /** Starts what the queue deserves, and looks again when the oldest will have lost its patience. */
  const grow = () => {
    cancelGrowth?.()
    cancelGrowth = undefined
    const oldest = queue[0]
    const size = all.size + starting
    if (!oldest || starting >= cores || size >= code.concurrency || starting >= queue.length) return
    const now = clock.now()
    const left = size === 0 ? 0 : patience(size) - (now - Math.max(oldest.since, lastStart))
    if (left <= 0 && helps(size, now, oldest)) startOne()
    cancelGrowth = clock.after(Math.max(left, 1), grow)
  }

  return {
    code,
    run(invocation) {
      if (inFlight >= code.concurrency) return Promise.resolve({ kind: 'throttled' })
      inFlight += 1
      return new Promise((resolve, reject) => {
        const settle = (outcome: Outcome) => {
          inFlight -= 1
          resolve(outcome)
        }
        const environment = idle.pop()
        if (environment) return dispatch(environment, { invocation, settle })
        const fail = (error: unknown) => {
          inFlight -= 1
          reject(error)
        }
        queue.push({ invocation, settle, reject: fail, since: clock.now() })
        if (!cancelGrowth) grow()
      })
    },
    isRetired: () => retired,
    retire() {
      retired = true
      for (const environment of idle.splice(0)) environment.end()
    },
    yieldOne() {
      const longest = idle[0]
      if (longest) endIdle(longest)
      return longest !== undefined
    },
  }
}
