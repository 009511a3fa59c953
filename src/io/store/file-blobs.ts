import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Blobs } from '#kit/ports.ts'

/** Blobs as files named by their SHA-256, in folders of two digits. A blob appears whole or not at all. */
export function fileBlobs(directory: string): Blobs & { path(digest: string): string } {
  const path = (digest: string) => join(directory, digest.slice(0, 2), digest)
  return {
    path,
    async put(bytes) {
      const digest = createHash('sha256').update(bytes).digest('hex')
      const file = path(digest)
      if (await exists(file)) return digest
      await mkdir(dirname(file), { recursive: true, mode: 0o700 })
      const partial = `${file}.${randomUUID()}`
      await writeFile(partial, bytes, { mode: 0o600 })
      await rename(partial, file)
      return digest
    },
    get: (digest) => readFile(path(digest)),
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}
