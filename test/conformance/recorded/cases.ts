import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'

/*
 * Answers that real AWS gave, as cases: calls with their inputs, and what came back. Ids and times are placeholders that bind to the
 * first value they meet.
 */

export interface RecordedCase {
  readonly id: string
  readonly area: string
  readonly title: string
  /** Lists under these keys compare as multisets, in every step. */
  readonly unorderedKeys?: readonly string[]
  readonly steps: readonly RecordedStep[]
}

/** One step; the key that says of which kind it is (`call`, `http`, `deploy`, …) holds what the kind needs. */
export interface RecordedStep {
  readonly id: string
  readonly input?: Readonly<Record<string, unknown>>
  /** Lists of the result to sort, and by which member: `-member` descending. */
  readonly sort?: Readonly<Record<string, string>>
  readonly retry?: boolean
  readonly expect?: Expectation
  readonly [kind: string]: unknown
}

export interface Expectation {
  readonly status?: number
  readonly body?: unknown
  readonly at?: Readonly<Record<string, unknown>>
  readonly contains?: Readonly<Record<string, readonly unknown[]>>
  readonly error?: true | ExpectedError
  readonly headers?: Readonly<Record<string, unknown>>
  readonly json?: unknown
  readonly text?: unknown
  readonly unordered?: readonly string[]
  readonly ignore?: readonly string[]
}

export interface ExpectedError {
  readonly status?: number
  readonly code?: string
  readonly message?: unknown
  readonly fields?: Readonly<Record<string, unknown>>
  readonly text?: string
}

/** The folder of the recordings: under `POSTERN_CONFORMANCE`, else beside the project. Nothing where there is none. */
export function recordingsFolder(chosen = process.env['POSTERN_CONFORMANCE']): string | undefined {
  const folder = chosen ? resolve(chosen) : resolve(import.meta.dirname, '../../../../shared/conformance')
  const found = [folder, join(folder, 'recorded')].find((path) => existsSync(path) && readdirSync(path).some(isCases))
  if (chosen && !found) throw new Error(`no recorded cases in ${chosen}`)
  return found
}

/** Every case of the folder, or those of one area. */
export function readCases(folder: string, area?: string): readonly RecordedCase[] {
  return readdirSync(folder)
    .filter(isCases)
    .filter((name) => area === undefined || name.startsWith(`${area}.`))
    .sort()
    .flatMap((name) => parse(readFileSync(join(folder, name), 'utf8')).cases as RecordedCase[])
}

function isCases(name: string): boolean {
  return /\.(dev|held)\.yaml$/.test(name)
}
