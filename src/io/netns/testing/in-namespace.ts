import { type StdioOptions, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { formatAddress } from '#core/net/cidr.ts'
import type { Outcome } from '#core/net/gate.ts'
import type { Opening } from '#core/net/surface.ts'
import type { Connection } from '../connections.ts'
import type { Namespace } from '../namespace.ts'

export interface Ran {
  readonly code: number | null
  readonly signal: string | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command inside, to its end. */
export function run(namespace: Namespace, command: readonly string[], input = ''): Promise<Ran> {
  const [program, ...args] = namespace.enter(command)
  const child = spawn(program!, args, { stdio: 'pipe' satisfies StdioOptions })
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text
    })
  }
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ code, signal, ...said }))
  })
}

const shown = ({ address, port, protocol }: Opening) => ({ host: formatAddress(address), port, protocol })

/** What comes of connections from inside. `control` is one that is open; whatever answers has to send something. */
export async function tryAll(namespace: Namespace, control: Opening, probes: readonly Opening[]): Promise<readonly Outcome[]> {
  const script = fileURLToPath(new URL('try-all.mjs', import.meta.url))
  const given = [JSON.stringify(shown(control)), JSON.stringify(probes.map(shown))]
  const { stdout, stderr } = await run(namespace, [process.execPath, script, ...given])
  if (stdout === '') throw new Error(`nothing was tried: ${stderr}`)
  return JSON.parse(stdout)
}

/** Answers everything with a line about it. */
export function greet({ stream, from, to, protocol }: Connection): void {
  stream.on('error', () => {})
  stream.end(`${protocol} ${formatAddress(from.address)} to ${formatAddress(to.address)}:${to.port}\n`)
  stream.resume()
}
