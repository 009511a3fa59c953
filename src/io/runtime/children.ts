import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Writable } from 'node:stream'

/** The processes that this one starts. None outlives it, however it ends. */
export interface Children {
  /**
   * Starts a program in a group of its own, so that Ctrl-C at a terminal reaches Postern alone and what the program starts ends with
   * it.
   */
  start(command: string, args: readonly string[], options: SpawnOptions): ChildProcess
  /** When every child has ended. */
  close(): Promise<void>
}

const HAS_GROUPS = process.platform !== 'win32'

/**
 * Reads `+ pid` and `- pid` until Postern is gone, and ends what is left. Children notice by themselves when their channel closes, but
 * a function in an endless loop notices nothing.
 */
const GUARD = `trap '' HUP INT TERM
pids=' '
while read -r sign pid; do
  case $sign in
    +) pids="$pids$pid " ;;
    -) pids="\${pids%% $pid *} \${pids#* $pid }" ;;
  esac
done
for pid in $pids; do kill -9 "-$pid"; done`

export function openChildren(): Children {
  let guard: ChildProcess | undefined
  const tell = (line: string) => {
    if (!HAS_GROUPS) return
    guard ??= startGuard()
    guard.stdin?.write(`${line}\n`)
  }
  return {
    start(command, args, options) {
      const child = spawn(command, args, { ...options, detached: HAS_GROUPS })
      const { pid } = child
      if (pid === undefined) return child
      tell(`+ ${pid}`)
      child.once('exit', () => {
        endGroup(pid)
        tell(`- ${pid}`)
      })
      return child
    },
    async close() {
      if (!guard) return
      const ended = once(guard, 'exit')
      guard.ref()
      guard.stdin?.end()
      await ended
    },
  }
}

/** Ends a child at once, with all that it started. */
export function endAtOnce(child: ChildProcess): void {
  // What has ended has given its id back.
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  if (HAS_GROUPS) endGroup(child.pid)
  else child.kill('SIGKILL')
}

function endGroup(leader: number): void {
  if (!HAS_GROUPS) return
  try {
    process.kill(-leader, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

function startGuard(): ChildProcess {
  const guard = spawn('/bin/sh', ['-c', GUARD], { stdio: ['pipe', 'ignore', 'ignore'], cwd: '/', env: {}, detached: true })
  // Without a guard children still end with their channel; nobody is helped by a Postern that does not start.
  guard.on('error', () => {})
  ;(guard.stdin as Writable).on('error', () => {})
  guard.unref()
  return guard
}
