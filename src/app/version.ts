import { readFileSync } from 'node:fs'
import { shipped } from '#kit/package-root.ts'

/** The package's version; `package.json` is the one place that says it. */
export const version: string = JSON.parse(readFileSync(shipped('package.json'), 'utf8')).version
