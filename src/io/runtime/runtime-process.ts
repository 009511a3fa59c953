/** A process that runs one function's code, by whatever protocol it speaks. */
export interface RuntimeProcess {
  /** What `AWS_LAMBDA_RUNTIME_API` must say inside. */
  readonly runtimeApi: string
  /** Makes it this function's, once and for good. `events` hears of everything from then on. */
  assign(assignment: Assignment, events: RuntimeEvents): void
  /** Hands over one invocation, to a process that is ready and has none. */
  deliver(delivery: Delivery): void
  kill(): void
  /** Resolves when the process has ended, whoever ended it. */
  readonly ended: Promise<void>
}

export interface Assignment {
  /** The unpacked deployment package. */
  readonly taskRoot: string
  readonly handler: string
  /** All variables of the process: nothing is inherited. */
  readonly environment: Readonly<Record<string, string>>
}

export interface Delivery {
  readonly id: string
  readonly payload: Uint8Array
  /** Milliseconds since 1970. */
  readonly deadline: number
  readonly invokedArn: string
  readonly traceId?: string
  readonly clientContext?: string
}

export interface RuntimeEvents {
  /** Initialised: it wants its first invocation. */
  ready(): void
  initFailed(error: Uint8Array): void
  answered(answer: Answer): void
  /** A log event as the runtime framed it, with its own time. */
  logged(at: number, message: string): void
  /** What was written to stdout or stderr. */
  printed(text: string): void
  exited(exit: Exit): void
}

export interface Answer {
  readonly id: string
  readonly payload: Uint8Array
  readonly failed: boolean
  /** The most memory that the process ever had, in megabytes, where it says so. */
  readonly memory?: number
  /** What the handler took, in milliseconds, as the runtime measured it: without the time that anything waited for Postern. */
  readonly ms?: number
  /** The process ends after this answer. */
  readonly last: boolean
}

export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}
