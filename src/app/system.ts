import { randomBytes } from 'node:crypto'
import { idsFrom } from '#kit/ids.ts'
import type { Clock, Ids } from '#kit/ports.ts'

/** The machine's own time. Its timers never keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms).unref()
    return () => clearTimeout(timer)
  },
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, ms)
      signal?.addEventListener(
        'abort',
        () => {
          clearTimeout(timer)
          reject(signal.reason)
        },
        { once: true },
      )
    }),
}

/** Ids from the system's source of randomness: unguessable, so they serve as secrets too. */
export const systemIds: Ids = idsFrom((count) => randomBytes(count))
