import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { CannotStart } from '#app/cannot-start.ts'
import { type Postern, startPostern } from '#app/postern.ts'
import { version } from '#app/version.ts'
import { certificateFile } from '#io/tls/publish-certificate.ts'
import { authorityFailed } from '../authority-of.ts'
import { CommandFailed, EXIT } from '../exit.ts'
import { say } from '../terminal.ts'

export interface UpOptions {
  readonly port: string
  readonly host: string
  readonly dnsPort?: string
  readonly dataDir: string
  readonly ephemeral?: boolean
  readonly stubUnsupported?: boolean
  readonly verifySignatures?: boolean
  readonly secretAccessKey: string
}

/** Runs until it is interrupted: SIGINT and SIGTERM end it cleanly, a second one at once. */
export async function up(options: UpOptions): Promise<number> {
  const port = portOf(options.port)
  const dnsPort = options.dnsPort === undefined ? undefined : portOf(options.dnsPort)
  // Templates bring patterns of their own; one that backtracks without end is matched again by an engine that does not.
  setFlagsFromString('--enable-experimental-regexp-engine-on-excessive-backtracks')
  const stopAsked = interrupted()
  const postern = await start(options, port, dnsPort)
  const ca = options.ephemeral ? undefined : certificateFile(resolve(options.dataDir))
  // Reading an authority is quick; making one, at the first start of a directory, takes as long as all the rest.
  const isMade = ca !== undefined && existsSync(ca)
  if (isMade) await madeAuthority(postern)
  // The one line that scripts wait for; everything else goes to stderr.
  const { endpoint, dns } = postern
  const ready = {
    endpoint,
    console: `${endpoint}/_postern/`,
    ...(dns !== undefined && { dns }),
    pid: process.pid,
    version,
    ...(ca !== undefined && { ca }),
  }
  process.stdout.write(`postern ready ${JSON.stringify(ready)}\n`)
  // Where nothing is kept it is made for those who ask for it: `postern ca`.
  if (ca !== undefined && !isMade) await madeAuthority(postern)
  await stopAsked
  say('stopping')
  try {
    await postern.stop()
  } catch (error) {
    throw new CommandFailed(error instanceof Error ? error.message : String(error), { cause: error })
  }
  return EXIT.ok
}

function portOf(text: string): number {
  const port = text === '' ? Number.NaN : Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new CommandFailed(`\`${text}\` is not a port`, { exitCode: EXIT.usage, mend: 'give a number from 0 to 65535' })
}

async function start(options: UpOptions, port: number, dnsPort: number | undefined) {
  try {
    return await startPostern({
      port,
      host: options.host,
      ...(dnsPort !== undefined && { dnsPort }),
      ...(options.ephemeral ? {} : { dataDirectory: options.dataDir }),
      stubUnsupported: options.stubUnsupported === true,
      verifySignatures: options.verifySignatures === true,
      secretAccessKey: options.secretAccessKey,
      log: (line) => say(`${new Date().toISOString()} ${line}`),
    })
  } catch (error) {
    if (error instanceof CannotStart)
      throw new CommandFailed(error.message, { exitCode: EXIT.cannotRun, mend: error.mend, cause: error })
    throw error
  }
}

async function madeAuthority(postern: Postern): Promise<void> {
  try {
    await postern.authority()
  } catch (error) {
    await postern.stop()
    throw authorityFailed(error)
  }
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (asked) process.exit(EXIT.no)
        asked = true
        resolve()
      })
    }
  })
}
