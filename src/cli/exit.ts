/** What scripts may rely on. */
export const EXIT = {
  /** Yes, or done. */
  ok: 0,
  /** No: refused, failed, or something was found. */
  no: 1,
  /** The command was called wrongly. */
  usage: 2,
  /** It cannot run on this machine, or there is no Postern to talk to. */
  cannotRun: 3,
} as const

/** Ends a command with a message for a person: what is wrong, and the next step where there is one. */
export class CommandFailed extends Error {
  readonly exitCode: number
  readonly mend: string | undefined

  constructor(
    message: string,
    { exitCode = EXIT.no as number, mend, cause }: { exitCode?: number; mend?: string; cause?: unknown } = {},
  ) {
    super(message, { cause })
    this.name = 'CommandFailed'
    this.exitCode = exitCode
    this.mend = mend
  }
}
