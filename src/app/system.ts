import { randomBytes, randomUUID } from 'node:crypto'
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

/** Asking the system costs more than the bytes, and every request takes some: so they are fetched by the page. Each is given out once. */
const PAGE_BYTES = 4096
let page = new Uint8Array(0)
let used = 0

function pagedBytes(count: number): Uint8Array {
  if (count > PAGE_BYTES) return randomBytes(count)
  if (used + count > page.length) {
    page = randomBytes(PAGE_BYTES)
    used = 0
  }
  used += count
  return page.subarray(used - count, used)
}

/** Ids from the system's source of randomness: unguessable, so they serve as secrets too. */
export const systemIds: Ids = { ...idsFrom(pagedBytes), uuid: randomUUID }
