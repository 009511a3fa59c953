import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { putFile } from './put-file.ts'

/** Where the certificate of a directory's authority is, for clients to read. */
export function certificateFile(directory: string): string {
  return join(directory, 'ca.pem')
}

/** Sees to it that the file has this certificate, and answers where it is. */
export function publishCertificate(directory: string, pem: string): string {
  const file = certificateFile(directory)
  if (contentOf(file) !== pem) putFile(file, pem, { mode: 0o644, replace: true })
  return file
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
