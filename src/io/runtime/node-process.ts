import type { Duplex } from 'node:stream'
import { shipped } from '#kit/package-root.ts'
import { forwardOutput, onceEnded } from './child.ts'
import { type Children, endAtOnce } from './children.ts'
import { encodeFrame, FRAME, type Frame, frameReader } from './frames.ts'
import type { RuntimeEvents, RuntimeProcess } from './runtime-process.ts'

const bootstrap = shipped('runtimes/nodejs/bootstrap.mjs')

export interface NodeProcessOptions {
  readonly children: Children
  readonly memoryMegabytes: number
  readonly runtimeApi: string
  /** Variables that only count when a process starts (`NODE_OPTIONS`, …); the assignment brings all others. */
  readonly environment?: Readonly<Record<string, string>>
  readonly workingDirectory: string
}

/**
 * Starts Node.js with Postern's bootstrap, which then waits for its assignment. It speaks frames over a socket pair instead of HTTP:
 * see `why-frames.md`.
 */
export function startNodeProcess({
  children,
  memoryMegabytes,
  runtimeApi,
  environment = {},
  workingDirectory,
}: NodeProcessOptions): RuntimeProcess {
  const child = children.start(process.execPath, [...memoryFlags(memoryMegabytes), bootstrap], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    cwd: workingDirectory,
    env: { ...platformVariables(), ...environment },
  })
  const channel = child.stdio[3] as Duplex
  let events: RuntimeEvents | undefined
  const read = frameReader((frame) => {
    if (events) receive(frame, events)
  })
  channel.on('data', (chunk: Buffer) => {
    try {
      read(chunk)
    } catch {
      // The function wrote to the channel itself: nothing that follows can be trusted.
      endAtOnce(child)
    }
  })
  // The exit tells why; a write to a process that is gone has nothing to add.
  channel.on('error', () => {})
  forwardOutput(child, () => events)
  const ended = new Promise<void>((resolve) => {
    onceEnded(child, (exit) => {
      channel.destroy()
      resolve()
      events?.exited(exit)
    })
  })
  return {
    runtimeApi,
    ended,
    assign({ taskRoot, handler, environment: variables }, hears) {
      events = hears
      channel.write(encodeFrame(FRAME.start, { taskRoot, handler, environment: variables }))
    },
    deliver({ id, payload, deadline, invokedArn, traceId, clientContext }) {
      channel.write(encodeFrame(FRAME.invoke, { id, deadline, arn: invokedArn, trace: traceId, client: clientContext }, payload))
    },
    kill: () => endAtOnce(child),
  }
}

function receive({ kind, header, body }: Frame, events: RuntimeEvents): void {
  switch (kind) {
    case FRAME.ready:
      events.ready()
      break
    case FRAME.log:
      events.logged(Number(header.at), text(body))
      break
    case FRAME.initError:
      events.initFailed(body)
      break
    case FRAME.result:
    case FRAME.error:
      events.answered({
        id: String(header.id),
        payload: body,
        failed: kind === FRAME.error,
        memory: Number(header.memory),
        ...(typeof header.ms === 'number' && { ms: header.ms }),
        last: header.last === true,
      })
      break
    default:
      throw new Error(`no frame has the kind ${kind}`)
  }
}

const text = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString()

/** Nine tenths for objects that live, and what new ones need of the rest; so that a function that needs more memory than it has ends. */
function memoryFlags(megabytes: number): string[] {
  const young = Math.floor(megabytes / 10)
  return [`--max-old-space-size=${megabytes - young}`, `--max-semi-space-size=${Math.max(1, Math.floor(young / 2))}`]
}

/** Windows cannot start a program without these; elsewhere nothing is needed. */
function platformVariables(): Record<string, string> {
  const root = process.platform === 'win32' ? process.env.SystemRoot : undefined
  return root ? { SystemRoot: root } : {}
}
