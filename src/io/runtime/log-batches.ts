import type { Clock } from '#kit/ports.ts'
import type { FunctionLog } from './function-log.ts'

/** Log lines reach the store in batches of this many milliseconds. */
const BATCH_MS = 5

/** Gathers the logs that have lines, so that many short invocations make few writes. */
export function logBatches(clock: Clock): { readonly add: (log: FunctionLog) => void; readonly flush: () => void } {
  const waiting = new Set<FunctionLog>()
  const flush = () => {
    for (const log of waiting) log.flush()
    waiting.clear()
  }
  return {
    flush,
    add(log) {
      if (waiting.size === 0) clock.after(BATCH_MS, flush)
      waiting.add(log)
    },
  }
}
