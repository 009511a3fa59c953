import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** A file that is shipped beside the code, wherever the code that asks was bundled to. */
export function shipped(...path: readonly string[]): string {
  return join(dirname(createRequire(import.meta.url).resolve('postern/package.json')), ...path)
}
