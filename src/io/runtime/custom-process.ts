import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { forwardOutput, onceEnded } from './child.ts'
import { openRuntimeApi } from './runtime-api.ts'
import type { RuntimeEvents, RuntimeProcess } from './runtime-process.ts'

/** A `provided.*` runtime: the package's own `bootstrap`, started once it knows its function, speaking the Runtime API over HTTP. */
export async function startCustomProcess(): Promise<RuntimeProcess> {
  let events: RuntimeEvents | undefined
  let kill = () => {}
  let end = () => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  const api = await openRuntimeApi(() => events)
  return {
    runtimeApi: api.address,
    ended,
    assign({ taskRoot, environment }, hears) {
      events = hears
      const child = spawn(join(taskRoot, 'bootstrap'), [], {
        stdio: ['ignore', 'pipe', 'pipe'],
        cwd: taskRoot,
        env: environment,
      })
      kill = () => child.kill('SIGKILL')
      forwardOutput(child, () => events)
      onceEnded(child, (exit) => {
        api.close()
        end()
        hears.exited(exit)
      })
    },
    deliver: api.deliver,
    kill() {
      if (events) return kill()
      api.close()
      end()
    },
  }
}
