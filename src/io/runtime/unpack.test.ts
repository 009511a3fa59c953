import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ZipFile } from 'yazl'
import { LAMBDA_LIMITS, unpack } from './unpack.ts'

interface Entry {
  readonly name: string
  readonly content?: string
  readonly mode?: number
}

async function zip(...entries: Entry[]): Promise<Buffer> {
  const archive = new ZipFile()
  for (const { name, content = '', mode = 0o100644 } of entries) archive.addBuffer(Buffer.from(content), name, { mode })
  archive.end()
  const chunks: Buffer[] = []
  for await (const chunk of archive.outputStream as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** The writer refuses bad names, so a good one of the same length is replaced afterwards. */
const renamed = async (from: string, to: string) =>
  Buffer.from((await zip({ name: from })).toString('latin1').replaceAll(from, to), 'latin1')

const LINK = 0o120777

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'unpack-'))
})
afterEach(() => rm(directory, { recursive: true, force: true }))

describe('unpack', () => {
  it('makes the package a folder, read-only, programs executable', async () => {
    const bytes = await zip(
      { name: 'index.js', content: 'a' },
      { name: 'bin/run', content: 'b', mode: 0o100755 },
      { name: 'link', content: 'bin/run', mode: LINK },
    )
    const folder = await unpack(bytes, 'digest', directory)
    expect(folder).toBe(join(directory, 'digest'))
    expect(await readFile(join(folder, 'index.js'), 'utf8')).toBe('a')
    expect(await readFile(join(folder, 'link'), 'utf8')).toBe('b')
    expect((await stat(join(folder, 'index.js'))).mode & 0o777).toBe(0o444)
    expect((await stat(join(folder, 'bin/run'))).mode & 0o777).toBe(0o555)
  })

  it('does the work once, also for callers at the same moment', async () => {
    const bytes = await zip({ name: 'index.js', content: 'a' })
    const folders = await Promise.all([1, 2, 3].map(() => unpack(bytes, 'digest', directory)))
    expect(new Set(folders).size).toBe(1)
    expect(await unpack(Buffer.from('not looked at'), 'digest', directory)).toBe(folders[0])
    expect(await readdir(directory)).toEqual(['digest'])
  })

  it.each([
    ['a name that leaves the folder', () => renamed('xx/evil.js', '../evil.js'), 'Could not unzip'],
    ['an absolute name', () => renamed('xetc/passwd', '/etc/passwd'), 'Could not unzip'],
    ['a name twice', () => zip({ name: 'a' }, { name: 'a' }), 'twice'],
    ['a name twice in two spellings', () => zip({ name: 'a/b' }, { name: 'a/./b' }), 'twice'],
    ['a link out of the package', () => zip({ name: 'a/link', content: '../../x', mode: LINK }), 'outside of the package'],
    ['an absolute link', () => zip({ name: 'link', content: '/etc/passwd', mode: LINK }), 'outside of the package'],
    ['a file behind a link', () => zip({ name: 'a', content: '.', mode: LINK }, { name: 'a/b' }), 'EEXIST'],
    ['a file that is a folder too', () => zip({ name: 'a' }, { name: 'a/b' }), 'Could not unzip'],
    ['the folder itself as a file', () => renamed('x', '.'), 'Could not unzip'],
    ['a name with a null byte', () => renamed('a-b', 'a\0b'), 'Could not unzip'],
    ['a name too long for any disk', () => zip({ name: 'x'.repeat(300) }), 'ENAMETOOLONG'],
    ['too many entries', () => zip({ name: 'a' }, { name: 'b' }, { name: 'c' }, { name: 'd' }), 'Unzipped size'],
    [
      'too many bytes',
      () => zip({ name: 'a', content: 'x'.repeat(60) }, { name: 'b', content: 'x'.repeat(60) }),
      'Unzipped size',
    ],
    ['no zip at all', async () => Buffer.from('nothing'), 'Could not unzip'],
  ])('refuses %s, and leaves nothing behind', async (_name, make, message) => {
    await expect(unpack(await make(), 'digest', directory, { bytes: 100, entries: 3 })).rejects.toThrow(message)
    expect(await readdir(directory)).toEqual([])
  })

  it('refuses an entry that is larger than it says', async () => {
    const bytes = await zip({ name: 'bomb', content: 'x'.repeat(100_000) })
    // The size stands in the central directory: 24 bytes behind its signature.
    const at = bytes.lastIndexOf(Buffer.from('PK\x01\x02', 'latin1'))
    bytes.writeUInt32LE(10, at + 24)
    await expect(unpack(bytes, 'digest', directory, LAMBDA_LIMITS)).rejects.toThrow(/too many bytes|Could not unzip/)
    expect(await readdir(directory)).toEqual([])
  })
})
