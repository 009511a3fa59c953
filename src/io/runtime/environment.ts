import { performance } from 'node:perf_hooks'
import type { Clock, FunctionCode, Invocation, Outcome } from '#kit/ports.ts'
import { errorPayload, exited, type Failure, timedOut } from './function-errors.ts'
import type { FunctionLog } from './function-log.ts'
import { LARGEST_ANSWER } from './runtime-api.ts'
import type { Answer, Assignment, Exit, RuntimeEvents, RuntimeProcess } from './runtime-process.ts'

/** Lambda gives the start of a function this long by itself; what it takes beyond counts as the function's own time. */
const INIT_LIMIT_MS = 10_000

/** One execution environment: a process that belongs to one revision of a function and runs one invocation at a time. */
export interface Environment {
  /** Runs one invocation; the environment must be idle. Never rejects: a function that fails is an outcome. */
  run(invocation: Invocation): Promise<Outcome>
  /** The outcome of an invocation that was waiting for this environment, whose start failed. */
  failedStart(invocation: Invocation): Outcome
  /** What the last invocation took by the runtime's own measure, in milliseconds, where it has one. */
  lastMs(): number | undefined
  /** Ends the process at once. */
  end(): void
  readonly ended: Promise<void>
}

/** What happens to an environment, told to who keeps it. */
export interface EnvironmentKeeper {
  /** It can take an invocation. */
  idle(environment: Environment): void
  /** It never will: ask `failedStart`. */
  startFailed(environment: Environment): void
  /** It is gone, or about to be, and takes no more. */
  gone(environment: Environment): void
}

interface Running {
  readonly invocation: Invocation
  readonly startedAt: number
  readonly cancelLimit: () => void
  readonly settle: (outcome: Outcome) => void
}

export function startEnvironment(
  code: FunctionCode,
  process: RuntimeProcess,
  assignment: Assignment,
  log: FunctionLog,
  clock: Clock,
  keeper: EnvironmentKeeper,
): Environment {
  const initStartedAt = performance.now()
  let initMs: number | undefined
  let initReported = false
  let phase: 'starting' | 'ready' | 'over' = 'starting'
  let running: Running | undefined
  let memoryUsed: number | undefined
  let lastMs: number | undefined
  let startFailure: ((requestId: string) => Failure) | undefined
  /** The last lines of the invocation before, kept back until what it printed has been read. */
  let closing: (() => void) | undefined

  const close = () => {
    closing?.()
    closing = undefined
  }

  const finish = ({ invocation, startedAt, cancelLimit, settle }: Running, outcome: Outcome, failure?: Failure) => {
    cancelLimit()
    running = undefined
    const durationMs = performance.now() - startedAt
    closing = () => {
      if (failure?.errorType === 'Sandbox.Timedout') log.event(clock.now(), failure.line)
      log.ended({
        requestId: invocation.requestId,
        durationMs,
        initMs: initReported ? undefined : initMs,
        memoryUsed,
        ...(failure &&
          (failure.errorType === 'Sandbox.Timedout' ? { status: 'timeout' } : { status: 'error', errorType: failure.errorType })),
      })
      initReported = true
      if (failure?.errorType === 'Runtime.ExitError') log.event(clock.now(), failure.line)
      if (invocation.tail) settle(withTail(outcome, log))
    }
    // Output travels by pipes of its own: what was written before the answer is read in this turn of the event loop.
    setImmediate(close)
    if (!invocation.tail) settle(outcome)
  }

  const fail = (failure: Failure) => running && finish(running, { kind: 'error', payload: failure.payload }, failure)

  const over = () => {
    if (phase === 'over') return
    phase = 'over'
    cancelInitLimit()
    keeper.gone(environment)
  }

  const stopStarting = (failure: (requestId: string) => Failure) => {
    startFailure = failure
    over()
    process.kill()
    keeper.startFailed(environment)
  }

  const events: RuntimeEvents = {
    ready() {
      if (phase !== 'starting') return
      phase = 'ready'
      cancelInitLimit()
      initMs = performance.now() - initStartedAt
      keeper.idle(environment)
    },
    initFailed(payload) {
      if (phase === 'starting') stopStarting(() => ({ errorType: 'Runtime.InitError', payload, line: '' }))
      // An error between two invocations: nobody is waiting for an answer, and the process ends itself.
      else over()
    },
    answered(answer) {
      if (answer.memory !== undefined) memoryUsed = answer.memory
      lastMs = answer.ms
      if (answer.last) over()
      if (!running || running.invocation.requestId !== answer.id) return
      finish(running, outcomeOf(answer))
      if (phase === 'ready') keeper.idle(environment)
    },
    logged: (at, message) => log.event(at, message),
    printed: (text) => log.printed(text),
    exited(exit: Exit) {
      if (phase === 'starting') return stopStarting((requestId) => exited(requestId, exit))
      over()
      if (running) fail(exited(running.invocation.requestId, exit))
    },
  }

  const environment: Environment = {
    ended: process.ended,
    lastMs: () => lastMs,
    run(invocation) {
      close()
      return new Promise((settle) => {
        const limit = code.timeoutSeconds * 1000
        log.started(invocation.requestId, invocation.tail === true)
        const cancelLimit = clock.after(limit, () => {
          over()
          process.kill()
          fail(timedOut(invocation.requestId, code.timeoutSeconds, clock.now()))
        })
        running = { invocation, settle, cancelLimit, startedAt: performance.now() }
        process.deliver({
          id: invocation.requestId,
          payload: invocation.payload,
          deadline: clock.now() + limit,
          invokedArn: invocation.invokedArn,
          ...(invocation.traceId !== undefined && { traceId: invocation.traceId }),
          ...(invocation.clientContext !== undefined && { clientContext: invocation.clientContext }),
        })
      })
    },
    failedStart(invocation) {
      const { requestId } = invocation
      const failure = startFailure?.(requestId)
      if (!failure) throw new Error('this environment did start')
      log.started(requestId, invocation.tail === true)
      if (failure.errorType === 'Sandbox.Timedout') log.event(clock.now(), failure.line)
      log.ended({
        requestId,
        durationMs: performance.now() - initStartedAt,
        status: failure.errorType === 'Sandbox.Timedout' ? 'timeout' : 'error',
      })
      if (failure.errorType === 'Runtime.ExitError') log.event(clock.now(), failure.line)
      const outcome: Outcome = { kind: 'error', payload: failure.payload }
      return invocation.tail ? withTail(outcome, log) : outcome
    },
    end() {
      over()
      process.kill()
    },
  }

  const cancelInitLimit = clock.after(INIT_LIMIT_MS + code.timeoutSeconds * 1000, () =>
    stopStarting((requestId) => timedOut(requestId, code.timeoutSeconds, clock.now())),
  )
  log.initStarted()
  process.assign(assignment, events)
  return environment
}

function outcomeOf({ payload, failed }: Answer): Outcome {
  if (payload.length <= LARGEST_ANSWER) return { kind: failed ? 'error' : 'result', payload }
  const text = `Response payload size exceeded maximum allowed payload size (${LARGEST_ANSWER} bytes).`
  return { kind: 'error', payload: errorPayload('Function.ResponseSizeTooLarge', text) }
}

function withTail(outcome: Outcome, log: FunctionLog): Outcome {
  const tail = log.tail()
  return outcome.kind === 'throttled' || tail === undefined ? outcome : { ...outcome, logTail: tail }
}
