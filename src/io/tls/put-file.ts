import { randomBytes } from 'node:crypto'
import { chownSync, linkSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** File systems without hard links say one of these. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'])

/**
 * Puts a file in its place as a whole or not at all, whatever interrupts it. It belongs to the owner of the folder: `sudo` must leave
 * nothing behind that its user cannot read. Without `replace`, one that is there already stays.
 */
export function putFile(file: string, text: string, { mode, replace }: { mode: number; replace: boolean }): void {
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  try {
    writeFileSync(draft, text, { mode, flag: 'wx', flush: true })
    if (process.getuid?.() === 0) {
      const { uid, gid } = statSync(dirname(file))
      chownSync(draft, uid, gid)
    }
    if (replace) renameSync(draft, file)
    else linkOrRename(draft, file)
  } finally {
    rmSync(draft, { force: true })
  }
}

function linkOrRename(draft: string, file: string): void {
  try {
    linkSync(draft, file)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (NO_LINKS.has(code)) renameSync(draft, file)
    else if (code !== 'EEXIST') throw error
  }
}
