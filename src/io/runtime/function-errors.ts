import type { Exit } from './runtime-process.ts'

/** What Lambda answers when the process, not the handler, failed. */
export interface Failure {
  readonly errorType: string
  /** The error as the caller gets it. */
  readonly payload: Uint8Array
  /** The line in the log, where Lambda writes one. */
  readonly line: string
}

/** A function that ran longer than its time limit. */
export function timedOut(requestId: string, seconds: number, now: number): Failure {
  const text = `Task timed out after ${seconds.toFixed(2)} seconds`
  return {
    errorType: 'Sandbox.Timedout',
    payload: errorPayload('Sandbox.Timedout', `RequestId: ${requestId} Error: ${text}`),
    line: `${new Date(now).toISOString()} ${requestId} ${text}\n\n`,
  }
}

/** A process that ended in the middle of an invocation, or before its first. */
export function exited(requestId: string, exit: Exit): Failure {
  const text = `RequestId: ${requestId} Error: Runtime exited ${reasonOf(exit)}`
  return {
    errorType: 'Runtime.ExitError',
    payload: errorPayload('Runtime.ExitError', text),
    line: `${text}\nRuntime.ExitError\n`,
  }
}

export function errorPayload(errorType: string, errorMessage: string): Uint8Array {
  return Buffer.from(JSON.stringify({ errorType, errorMessage }))
}

function reasonOf({ code, signal }: Exit): string {
  if (signal) return `with error: signal: ${SIGNALS[signal] ?? signal.toLowerCase()}`
  return code ? `with error: exit status ${code}` : 'without providing a reason'
}

/** Signals in Lambda's words, which are those of its Go process. */
const SIGNALS: Partial<Record<NodeJS.Signals, string>> = {
  SIGABRT: 'aborted',
  SIGBUS: 'bus error',
  SIGFPE: 'floating point exception',
  SIGHUP: 'hangup',
  SIGILL: 'illegal instruction',
  SIGINT: 'interrupt',
  SIGKILL: 'killed',
  SIGPIPE: 'broken pipe',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
  SIGTRAP: 'trace/breakpoint trap',
}
