import type { ChildProcess } from 'node:child_process'
import type { Exit, RuntimeEvents } from './runtime-process.ts'

/** How long after its exit a process's last output may still be on its way, when a grandchild holds the pipes open. */
const LAST_OUTPUT_MS = 100

/** Tells once that a child has ended: after its last output, so that an answer sent just before the end still counts. */
export function onceEnded(child: ChildProcess, ended: (exit: Exit) => void): void {
  let told = false
  const tell = (exit: Exit) => {
    if (told) return
    told = true
    ended(exit)
  }
  child.once('close', (code, signal) => tell({ code, signal }))
  child.once('exit', (code, signal) => setTimeout(() => tell({ code, signal }), LAST_OUTPUT_MS).unref())
  // A program that cannot be started at all: what a shell would answer.
  child.once('error', () => tell({ code: 127, signal: null }))
}

/** Passes both output streams on as text; characters are never cut in two. */
export function forwardOutput(child: ChildProcess, events: () => RuntimeEvents | undefined): void {
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => events()?.printed(text))
  }
}
