import type { ChildProcess } from 'node:child_process'
import { spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import { shipped } from '#kit/package-root.ts'
import type { Change } from './rules.ts'

/** The process outside of a namespace, as Postern speaks to it: `runtimes/netns/relay.mjs`. */
export interface Relay {
  readonly pid: number
  change(change: Change): Promise<void>
  /** Lets go of it: it ends what runs inside, and then itself. */
  end(): void
}

type Said = { readonly ready: string } | { readonly done: true } | { readonly failed: string }

/** Waits until the relay is there. What it says of errors comes as the message of the rejection. */
export function talkTo(child: ChildProcess): Promise<Relay> {
  let complaint = ''
  let waiting: { readonly resolve: (said: Said) => void; readonly reject: (error: Error) => void } | undefined
  let lost: Error | undefined
  let inside: string | undefined
  let ending = false

  const next = () =>
    new Promise<Said>((resolve, reject) => {
      if (lost) reject(lost)
      else waiting = { resolve, reject }
    })
  const lose = (error: Error) => {
    lost ??= error
    waiting?.reject(lost)
    waiting = undefined
  }
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint += text
  })
  createInterface({ input: child.stdout! }).on('line', (line) => {
    waiting?.resolve(JSON.parse(line))
    waiting = undefined
  })
  // It is told by `close`.
  child.stdin?.on('error', () => {})
  child.once('error', lose)
  child.once('close', (code, signal) => {
    // Killed, it could not end what ran inside.
    if (inside !== undefined && !ending) endWhatRunsIn(inside)
    lose(new Error(complaint.trim() || `the relay ended with ${signal ?? code}`))
  })

  return next().then((said) => {
    if (!('ready' in said)) throw new Error(`the relay began with ${JSON.stringify(said)}`)
    inside = said.ready
    return {
      pid: child.pid!,
      async change(change) {
        const answer = next()
        child.stdin?.write(`${JSON.stringify(change)}\n`)
        const said = await answer
        if ('failed' in said) throw new Error(said.failed)
      },
      end() {
        ending = true
        child.stdin?.end()
      },
    }
  })
}

function endWhatRunsIn(namespace: string): void {
  spawnSync(process.execPath, [shipped('runtimes/netns/end-processes.mjs'), namespace], { stdio: 'inherit' })
}
