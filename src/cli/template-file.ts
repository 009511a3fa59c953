import { closeSync, existsSync, openSync, readSync } from 'node:fs'
import { MAX_TEMPLATE_BYTES } from '#core/template/limits.ts'
import { CommandFailed, EXIT } from './exit.ts'

/** A template as it was read. */
export interface TemplateFile {
  /** Where it lies; `-` is standard input. */
  readonly path: string
  /** What messages call it. */
  readonly name: string
  readonly text: string
}

/** The template that is meant where none is named. */
export function defaultTemplate(): string {
  const found = ['template.yaml', 'template.yml', 'template.json'].find((name) => existsSync(name))
  if (found) return found
  throw new CommandFailed('there is no template.yaml, template.yml or template.json here', {
    exitCode: EXIT.usage,
    mend: 'name one with `--template`',
  })
}

/** Of what is longer than any template may be, only as much is read as shows that. */
export function readTemplate(path: string): TemplateFile {
  try {
    return { path, name: path === '-' ? 'stdin' : path, text: readUpTo(path, MAX_TEMPLATE_BYTES + 1).toString('utf8') }
  } catch (error) {
    throw new CommandFailed(`cannot read the template: ${reasonOf(error, path)}`, { exitCode: EXIT.usage, cause: error })
  }
}

/** The system names the file in all of its errors but this. */
function reasonOf(error: unknown, path: string): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error && error.code === 'EISDIR' ? `${path} is a folder` : error.message
}

function readUpTo(path: string, limit: number): Buffer {
  const file = path === '-' ? 0 : openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(limit)
    let length = 0
    while (length < limit) {
      const read = readSync(file, bytes, length, limit - length, null)
      if (read === 0) break
      length += read
    }
    return bytes.subarray(0, length)
  } finally {
    if (file !== 0) closeSync(file)
  }
}
