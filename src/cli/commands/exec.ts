import { request } from 'node:http'
import { type ConnectionOptions, connect, Refused } from '../client.ts'
import { CommandFailed, EXIT } from '../exit.ts'
import { insideEnvironment } from '../inside-environment.ts'
import { runInside } from '../run-inside.ts'

export interface ExecOptions extends ConnectionOptions {
  readonly internet?: boolean
  readonly vpc?: string
  readonly subnet?: string
  readonly securityGroup?: readonly string[]
}

/** What the running Postern answers: as long as the answer goes on, so does the namespace. */
interface Opened {
  /** The beginning of the command line that enters it. */
  readonly enter: readonly string[]
  /** The file with the authority's certificate. */
  readonly authority: string
}

export async function exec(command: readonly string[], options: ExecOptions): Promise<number> {
  const { internet, vpc, subnet, securityGroup } = options
  if ((vpc === undefined) === (internet !== true)) {
    throw new CommandFailed('where to run it?', { exitCode: EXIT.usage, mend: 'give either `--vpc VPC` or `--internet`' })
  }
  const { endpoint, account, region } = connect(options)
  const wanted = vpc === undefined ? { internet } : { vpc, subnet, securityGroups: securityGroup }
  const { opened, gone, leave } = await open(endpoint, { account, region }, { ...wanted, folder: process.cwd() })
  try {
    return await runInside([...opened.enter, ...command], {
      environment: insideEnvironment(process.env, {
        authority: opened.authority,
        region,
        ...(options.account !== undefined && { account }),
      }),
      gone,
      interactive: process.stdin.isTTY === true,
    })
  } finally {
    leave()
  }
}

interface Session {
  readonly opened: Opened
  readonly gone: Promise<void>
  readonly leave: () => void
}

/** An answer that may take days, which `fetch` does not wait for. */
function open(endpoint: string, scope: { account: string; region: string }, wanted: object): Promise<Session> {
  return new Promise((resolve, reject) => {
    const sent = request(`${endpoint}/_postern/api/places`, {
      method: 'POST',
      headers: { 'x-postern-account': scope.account, 'x-postern-region': scope.region },
    })
    sent.once('error', (cause) => reject(noAnswer(endpoint, cause)))
    sent.once('response', (response) => {
      const gone = new Promise<void>((resolveGone) => response.once('close', resolveGone))
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
        // One line, and then nothing for as long as the namespace is there; what fails is told whole.
        if (response.statusCode === 200 && text.includes('\n')) {
          resolve({ opened: JSON.parse(text), gone, leave: () => sent.destroy() })
        }
      })
      response.once('end', () => {
        if (response.statusCode !== 200) reject(failureOf(JSON.parse(text).error, scope))
      })
      // What breaks off is gone.
      response.on('error', () => {})
      gone.then(() => reject(noAnswer(endpoint)))
    })
    sent.end(JSON.stringify(wanted))
  })
}

function failureOf(
  error: { readonly code: string; readonly message: string; readonly mend?: string },
  scope: { account: string; region: string },
): CommandFailed {
  if (error.mend === undefined) return new Refused(error, scope)
  return new CommandFailed(`commands cannot run in the network here: ${error.message}`, {
    exitCode: EXIT.cannotRun,
    mend: error.mend,
  })
}

function noAnswer(endpoint: string, cause?: unknown): CommandFailed {
  return new CommandFailed(`no Postern answers at ${endpoint}`, {
    exitCode: EXIT.cannotRun,
    mend: 'start one with `postern up`, or name another with `--endpoint`',
    cause,
  })
}
