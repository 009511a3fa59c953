import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import { AwsError } from '#core/aws/aws-error.ts'

export interface UnpackLimits {
  readonly bytes: number
  readonly entries: number
}

/** Lambda's 250 MB of unzipped code; the count is ours, so that empty entries cannot fill a disk's table of files. */
export const LAMBDA_LIMITS: UnpackLimits = { bytes: 262_144_000, entries: 65_535 }

/** What the names of temporary folders begin with. */
export const UNPACKING = '.unpacking-'

/**
 * Unpacks a deployment package to `<directory>/<digest>/` and answers that folder. A folder that is there is whole: it appears by one
 * rename. Refuses, before anything is written outside a temporary folder, names that leave the folder, doubled names, links that
 * point out of it, and more bytes or entries than the limits allow, whatever the archive claims about itself.
 */
export async function unpack(zip: Uint8Array, digest: string, directory: string, limits = LAMBDA_LIMITS): Promise<string> {
  const folder = join(directory, digest)
  if (await exists(folder)) return folder
  await mkdir(directory, { recursive: true })
  const temporary = await mkdtemp(join(directory, UNPACKING))
  try {
    await extractAll(Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength), temporary, limits)
    await rename(temporary, folder)
  } catch (error) {
    await rm(temporary, { recursive: true, force: true })
    // Somebody else was faster: what is there is the same code.
    if (!(await exists(folder))) throw explained(error)
  }
  return folder
}

/** What the file system says of names that cannot be: too long, one that is a file and a folder, the folder itself. */
const IMPOSSIBLE_NAMES = ['EEXIST', 'EISDIR', 'ENAMETOOLONG', 'ENOTDIR', 'ENOTEMPTY', 'EINVAL']

/** Other errors of the machine carry a code, ours are of our own kind: what is left is the archive's fault. */
function explained(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof AwsError) return error
  const code = 'code' in error && error.code !== undefined ? String(error.code) : undefined
  if (code === undefined) return refused(error.message)
  return IMPOSSIBLE_NAMES.includes(code) ? refused(`a name in it cannot be that of a file: ${code}`) : error
}

async function extractAll(bytes: Buffer, folder: string, limits: UnpackLimits): Promise<void> {
  const file = await open(bytes)
  if (file.entryCount > limits.entries) throw tooLarge(`${file.entryCount} entries, at most ${limits.entries} are unpacked`)
  const seen = new Set<string>()
  const parents = new Set<string>()
  const links: { path: string; target: string }[] = []
  let left = limits.bytes
  for await (const entry of file.eachEntry()) {
    const path = placeOf(entry.fileName, folder)
    if (seen.has(path)) throw refused(`\`${entry.fileName}\` is in the archive twice`)
    seen.add(path)
    if (entry.fileName.endsWith('/')) {
      await mkdir(path, { recursive: true })
      continue
    }
    if (entry.uncompressedSize > left) throw tooLarge(`unpacked, it is larger than ${limits.bytes} bytes`)
    const parent = dirname(path)
    if (!parents.has(parent)) await mkdir(parent, { recursive: true })
    parents.add(parent)
    const content = await file.openReadStreamPromise(entry)
    if (isLink(entry)) links.push({ path, target: await linkTarget(content, entry, path, folder) })
    else await write(content, path, entry)
    left -= entry.uncompressedSize
  }
  // Last, so that no entry can be written through a link.
  for (const { path, target } of links) await symlink(target, path)
}

// yauzl checks each name (absolute, `..`) and counts the bytes it inflates against what the entry claims.
const open = async (bytes: Buffer): Promise<ZipFile> => {
  try {
    return await fromBufferPromise(bytes, { lazyEntries: true })
  } catch (error) {
    throw refused((error as Error).message)
  }
}

/** Most packages are thousands of small files: what fits is written in one go. */
const WHOLE = 1024 * 1024

async function write(content: Readable, path: string, entry: Entry): Promise<void> {
  const mode = modeOf(entry)
  if (entry.uncompressedSize <= WHOLE) await writeFile(path, await buffer(content), { mode, flag: 'wx' })
  else await pipeline(content, createWriteStream(path, { mode, flags: 'wx' }))
}

async function linkTarget(content: Readable, { fileName }: Entry, path: string, folder: string): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of content as AsyncIterable<Buffer>) chunks.push(chunk)
  const target = Buffer.concat(chunks).toString()
  if (!isInside(resolve(dirname(path), target), folder))
    throw refused(`\`${fileName}\` links to \`${target}\`, outside of the package`)
  return target
}

function placeOf(name: string, folder: string): string {
  const path = resolve(folder, name)
  if (/[\\\0]/.test(name) || !isInside(path, folder)) throw refused(`\`${name}\` leaves the package's folder`)
  return path
}

const isInside = (path: string, folder: string) => path === folder || path.startsWith(folder + sep)

const isLink = ({ externalFileAttributes }: Entry) => (externalFileAttributes >>> 16) >>> 12 === 0o12

/** Read-only, as in Lambda; a program stays one. Archives made on Windows say nothing about it. */
function modeOf({ externalFileAttributes, versionMadeBy }: Entry): number {
  const fromUnix = versionMadeBy >>> 8 === 3
  return fromUnix && (externalFileAttributes >>> 16) & 0o111 ? 0o555 : 0o444
}

const refused = (why: string) =>
  new AwsError(
    'InvalidParameterValueException',
    `Could not unzip uploaded file. Please check your file, then try to upload again. (${why})`,
  )
const tooLarge = (why: string) =>
  new AwsError('InvalidParameterValueException', `Unzipped size must be smaller than ${LAMBDA_LIMITS.bytes} bytes (${why})`)

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}
