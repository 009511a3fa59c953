import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:os'
import { CommandFailed, EXIT } from './exit.ts'

/** A terminal sends these to the command as well: it hears them by itself, and would hear them twice. */
const FROM_A_TERMINAL: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT']
const PASSED_ON: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2']

export interface Running {
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Resolves when what the command runs in is gone. */
  readonly gone: Promise<void>
  /** Whether somebody sits at a terminal. */
  readonly interactive: boolean
}

/**
 * Runs a command with our own terminal, and answers its exit code: as shells do, 128 and the number of the signal where one ended it.
 * We outlive it, whatever we are sent.
 *
 * @throws CommandFailed where it cannot be started, and where what it runs in ended before it
 */
export async function runInside([program = '', ...args]: readonly string[], running: Running): Promise<number> {
  const { environment, gone, interactive } = running
  const child = spawn(program, args, { stdio: 'inherit', env: environment })
  const forget = passSignals(child, interactive)
  try {
    const ended = new Promise<number>((resolve, reject) => {
      child.once('error', (cause) =>
        reject(new CommandFailed(`\`${program}\` cannot be started: ${cause.message}`, { exitCode: EXIT.cannotRun, cause })),
      )
      child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? 'SIGKILL']))
    })
    const lost = gone.then(() => 'lost' as const)
    const first = await Promise.race([ended, lost])
    if (first !== 'lost') return first
    child.kill('SIGKILL')
    await ended
    throw new CommandFailed('the network that the command ran in is gone', {
      exitCode: EXIT.cannotRun,
      mend: 'see whether Postern still runs: `postern doctor`',
    })
  } finally {
    forget()
  }
}

function passSignals(child: ChildProcess, interactive: boolean): () => void {
  const heard = [...FROM_A_TERMINAL, ...PASSED_ON].map((signal) => {
    const listener = () => {
      if (!interactive || !FROM_A_TERMINAL.includes(signal)) child.kill(signal)
    }
    process.on(signal, listener)
    return { signal, listener }
  })
  return () => {
    for (const { signal, listener } of heard) process.off(signal, listener)
  }
}
