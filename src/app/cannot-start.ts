/** Why Postern cannot run here, and what to do about it. The CLI prints both and exits with 3. */
export class CannotStart extends Error {
  /** The next step, as a sentence. */
  readonly mend: string

  constructor(message: string, mend: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'CannotStart'
    this.mend = mend
  }
}
