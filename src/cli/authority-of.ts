import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { type AuthorityCertificate, openAuthority } from '#io/tls/authority.ts'
import { AuthorityUnusable } from '#io/tls/kept-authority.ts'
import { connect } from './client.ts'
import { CommandFailed, EXIT } from './exit.ts'

/** Which authority is meant: that of a data directory, or that of a running Postern. */
export interface AuthorityOptions {
  readonly dataDir?: string
  readonly endpoint?: string
}

/** Where `postern up` keeps everything unless it is told otherwise. */
const USUAL_DIRECTORY = '.postern'

/** The certificate of the directory that is named, else of the running Postern, else of the directory that one would use here. */
export async function authorityOf(options: AuthorityOptions): Promise<AuthorityCertificate> {
  if (options.dataDir !== undefined) return ofDirectory(options.dataDir)
  try {
    return await connect(options).get<AuthorityCertificate>('authority')
  } catch (error) {
    const nothingAnswers = error instanceof CommandFailed && error.exitCode === EXIT.cannotRun
    if (!nothingAnswers || options.endpoint !== undefined || !existsSync(USUAL_DIRECTORY)) throw error
    return ofDirectory(USUAL_DIRECTORY)
  }
}

async function ofDirectory(directory: string): Promise<AuthorityCertificate> {
  // Made in a folder that is none by mistake, it would be trusted and never used.
  if (!existsSync(directory)) {
    throw new CommandFailed(`there is no data directory \`${directory}\``, {
      exitCode: EXIT.cannotRun,
      mend: 'start Postern once with `postern up`, or name its folder with `--data-dir`',
    })
  }
  try {
    return await openAuthority(resolve(directory)).certificate()
  } catch (error) {
    throw authorityFailed(error)
  }
}

/** What there is to say of an authority that cannot be read or made. */
export function authorityFailed(error: unknown): unknown {
  if (error instanceof AuthorityUnusable) {
    return new CommandFailed(error.message, {
      exitCode: EXIT.cannotRun,
      mend: 'put back a copy of it; or remove it, and let clients trust the one that is made then',
      cause: error,
    })
  }
  if (error instanceof Error && 'code' in error) {
    return new CommandFailed(`the certificate authority cannot be kept: ${error.message}`, {
      exitCode: EXIT.cannotRun,
      mend: 'use a data directory that you may read and write',
      cause: error,
    })
  }
  return error
}
