import { join } from 'node:path'
import { forwardOutput, onceEnded } from './child.ts'
import { type Children, endAtOnce } from './children.ts'
import { openRuntimeApi } from './runtime-api.ts'
import type { RuntimeEvents, RuntimeProcess } from './runtime-process.ts'

/** A `provided.*` runtime: the package's own `bootstrap`, started once it knows its function, speaking the Runtime API over HTTP. */
export async function startCustomProcess(children: Children): Promise<RuntimeProcess> {
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
      const child = children.start(join(taskRoot, 'bootstrap'), [], {
        stdio: ['ignore', 'pipe', 'pipe'],
        cwd: taskRoot,
        env: environment,
      })
      kill = () => endAtOnce(child)
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
