import type { Blobs } from '#kit/ports.ts'
import { unpack } from './unpack.ts'

/** Answers the folder of a deployment package, which is unpacked when it is first asked for. Functions with the same package share it. */
export function codeFolders(directory: string, blobs: Pick<Blobs, 'get'>): (digest: string) => Promise<string> {
  const folders = new Map<string, Promise<string>>()
  return (digest) => {
    const known = folders.get(digest)
    if (known) return known
    const folder = blobs.get(digest).then((zip) => unpack(zip, digest, directory))
    folders.set(digest, folder)
    // The next call tries again.
    folder.catch(() => folders.delete(digest))
    return folder
  }
}
