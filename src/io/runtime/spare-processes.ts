import type { Clock } from '#kit/ports.ts'
import type { Children } from './children.ts'
import { startNodeProcess } from './node-process.ts'
import type { RuntimeProcess } from './runtime-process.ts'

/** Starting the next spare waits until the one just taken has had the processor to itself. */
const REFILL_AFTER_MS = 150

/** Node.js processes started beforehand, which wait to be told what they run. */
export interface SpareProcesses {
  /** A process with this memory limit: a spare where there is one. */
  take(memoryMegabytes: number): RuntimeProcess
  /** Has spares with this limit ready soon, since a function that wants one exists. */
  prepare(memoryMegabytes: number): void
  /** Starts nothing more, and ends the spares. */
  stop(): Promise<void>
}

export interface SpareOptions {
  readonly children: Children
  /** Spares for each memory limit that was asked for last; 0 for none. */
  readonly size: number
  readonly runtimeApi: string
  readonly workingDirectory: string
  readonly clock: Clock
}

/** The memory limit must be known when a process starts, so spares are kept for the limit that was wanted last. */
export function spareProcesses({ children, size, runtimeApi, workingDirectory, clock }: SpareOptions): SpareProcesses {
  let wanted: number | undefined
  let spares: { readonly memory: number; readonly process: RuntimeProcess }[] = []
  let cancelRefill: (() => void) | undefined
  const start = (memoryMegabytes: number) => startNodeProcess({ children, memoryMegabytes, runtimeApi, workingDirectory })

  const refill = () => {
    cancelRefill = undefined
    if (wanted === undefined) return
    const memory = wanted
    for (const spare of spares) if (spare.memory !== memory) spare.process.kill()
    spares = spares.filter((spare) => spare.memory === memory)
    while (spares.length < size) {
      const spare = { memory, process: start(memory) }
      spares.push(spare)
      void spare.process.ended.then(() => {
        spares = spares.filter((other) => other !== spare)
      })
    }
  }
  return {
    take(memory) {
      wanted = memory
      const place = spares.findIndex((spare) => spare.memory === memory)
      const [spare] = place < 0 ? [] : spares.splice(place, 1)
      cancelRefill ??= clock.after(REFILL_AFTER_MS, refill)
      return spare?.process ?? start(memory)
    },
    prepare(memory) {
      wanted = memory
      // A call may follow at once: not a moment to spare the processor.
      cancelRefill?.()
      refill()
    },
    async stop() {
      wanted = undefined
      cancelRefill?.()
      for (const { process } of spares) process.kill()
      await Promise.all(spares.map(({ process }) => process.ended))
    },
  }
}
