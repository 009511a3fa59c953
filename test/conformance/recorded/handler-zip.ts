import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'

/** A package with one of the recordings' handlers as `handler.js`; the same bytes each time. */
export function handlerZip(folder: string, name: string): Promise<Buffer> {
  const zip = new ZipFile()
  zip.addBuffer(readFileSync(join(folder, `${name}.js`)), 'handler.js', { mtime: new Date(0) })
  zip.end()
  return buffer(zip.outputStream)
}
