import { createHash } from 'node:crypto'
import type { Clock, FunctionCode, LogEvent, Logs } from '#kit/ports.ts'
import { runtimeVersion } from './runtime-substitution.ts'

/** The most of an invocation's log that its caller gets with the answer. */
const TAIL_BYTES = 4096
/** CloudWatch Logs keeps no more of one event: a longer line becomes several. */
const LONGEST_EVENT = 262_144

/** One environment's log stream, in the lines that Lambda writes. Lines are kept until `flush`. */
export interface FunctionLog {
  initStarted(): void
  started(requestId: string, withTail: boolean): void
  /** One event as it is. */
  event(at: number, message: string): void
  /** Output without events: one for each line; what has no line end yet waits. */
  printed(text: string): void
  ended(report: Report): void
  /** The last 4 KB of the invocation that ended last, if it was started with a tail. */
  tail(): string | undefined
  flush(): void
}

export interface Report {
  readonly requestId: string
  readonly durationMs: number
  readonly initMs?: number | undefined
  readonly memoryUsed?: number | undefined
  readonly status?: 'timeout' | 'error'
  readonly errorType?: string
}

export function functionLog(
  code: FunctionCode,
  stream: string,
  logs: Logs,
  clock: Clock,
  dirty: (log: FunctionLog) => void,
): FunctionLog {
  let events: LogEvent[] = []
  let unfinished = ''
  let tail: string | undefined
  const add = (message: string, timestamp = clock.now()) => {
    if (events.length === 0) dirty(log)
    events.push({ timestamp, message })
    if (tail !== undefined) tail = (tail + message).slice(-TAIL_BYTES)
  }
  const finishLine = () => {
    if (unfinished) add(unfinished)
    unfinished = ''
  }
  const log: FunctionLog = {
    initStarted: () => add(initStart(code)),
    started(requestId, withTail) {
      tail = withTail ? '' : undefined
      add(`START RequestId: ${requestId} Version: ${code.version}\n`)
    },
    event(at, message) {
      finishLine()
      add(message, at)
    },
    printed(text) {
      let from = 0
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
        add(unfinished + text.slice(from, end + 1))
        unfinished = ''
        from = end + 1
      }
      unfinished += text.slice(from)
      if (unfinished.length >= LONGEST_EVENT) finishLine()
    },
    ended(report) {
      finishLine()
      add(`END RequestId: ${report.requestId}\n`)
      add(reportLine(report, code.memoryMegabytes))
    },
    tail: () => tail && Buffer.from(tail).subarray(-TAIL_BYTES).toString(),
    flush() {
      if (events.length === 0) return
      logs.append(code.scope, code.logGroup, stream, events)
      events = []
    },
  }
  return log
}

/** `2026/01/31/[$LATEST]` and 32 hexadecimal digits. */
export function logStreamName(version: string, now: number, hex: string): string {
  return `${new Date(now).toISOString().slice(0, 10).replaceAll('-', '/')}/[${version}]${hex}`
}

export function reportLine({ requestId, durationMs, initMs, memoryUsed, status, errorType }: Report, memorySize: number): string {
  const parts = [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${durationMs.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(durationMs)} ms`,
    `Memory Size: ${memorySize} MB`,
  ]
  if (memoryUsed !== undefined) parts.push(`Max Memory Used: ${memoryUsed} MB`)
  if (initMs !== undefined) parts.push(`Init Duration: ${initMs.toFixed(2)} ms`)
  if (status) parts.push(`Status: ${status}`)
  if (errorType) parts.push(`Error Type: ${errorType}`)
  return `${parts.join('\t')}\t\n`
}

function initStart({ runtime, scope: { region } }: FunctionCode): string {
  const version = runtimeVersion(runtime)
  const digest = createHash('sha256').update(version).digest('hex')
  return `INIT_START Runtime Version: ${version}\tRuntime Version ARN: arn:aws:lambda:${region}::runtime:${digest}\n`
}
