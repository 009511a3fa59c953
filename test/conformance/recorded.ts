import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'

/*
 * Answers that real AWS gave, as cases: calls with their inputs, and what came back. Ids and times are placeholders that bind to the
 * first value they meet.
 */

export interface RecordedCase {
  readonly id: string
  readonly title: string
  readonly unorderedKeys?: readonly string[]
  readonly steps: readonly RecordedStep[]
}

export interface RecordedStep {
  readonly id: string
  readonly call?: string
  readonly wait?: string
  readonly deploy?: { stackName: string; template: string; parameters?: unknown; update: boolean }
  readonly stackEvents?: { StackName: string }
  readonly input?: Record<string, unknown>
  readonly sort?: Readonly<Record<string, string>>
  readonly expect?: {
    readonly body?: unknown
    readonly at?: Readonly<Record<string, unknown>>
    readonly contains?: Readonly<Record<string, readonly unknown[]>>
    readonly error?: true | { readonly code?: string; readonly message?: string }
  }
}

/** The folder of the recordings: `POSTERN_CONFORMANCE`, else beside the project. Nothing where there is none. */
export function recordedCases(area: string): readonly RecordedCase[] {
  const chosen = process.env['POSTERN_CONFORMANCE']
  const folder = chosen ? resolve(chosen) : resolve(import.meta.dirname, '../../../shared/conformance')
  const file = join(folder, 'recorded', `${area}.dev.yaml`)
  return existsSync(file) ? parse(readFileSync(file, 'utf8')).cases : []
}

/** Replaces `@{…}` in every text of a value. */
export function filled(value: unknown, lookup: (name: string) => unknown): unknown {
  if (Array.isArray(value)) return value.map((member) => filled(member, lookup))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [filled(key, lookup), filled(member, lookup)]))
  }
  if (typeof value !== 'string') return value
  const whole = /^@\{([^}]+)\}$/.exec(value)
  return whole?.[1] ? lookup(whole[1]) : value.replaceAll(/@\{([^}]+)\}/g, (_, name: string) => String(lookup(name)))
}

/** The member at `Stacks[0].Tags`. */
export function at(value: unknown, path: string): unknown {
  const keys = path.split(/\.|\[(\d+)\]/).filter((key) => key !== undefined && key !== '')
  return keys.reduce<unknown>((found, key) => (found as Record<string, unknown> | undefined)?.[key], value)
}

const ALWAYS_UNORDERED = ['Tags', 'TagSet', 'Capabilities', 'Details', 'Parameters']
const PLACEHOLDER = /@<[^>]+>/g

/** Where an answer differs from the recorded one, in short; nothing where it fits. */
export function difference(
  expected: unknown,
  actual: unknown,
  bound: Map<string, string>,
  unordered: readonly string[] = [],
  path = '',
): string | undefined {
  if (typeof expected === 'string') return textDifference(expected, actual, bound, path)
  if (typeof expected !== 'object' || expected === null) {
    return expected === actual ? undefined : `${path}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`
  }
  if ('$is' in expected) return actual === undefined ? `${path} is missing` : undefined
  const read = typeof actual === 'string' ? json(actual) : actual
  if (Array.isArray(expected)) return listDifference(expected, read, bound, unordered, path)
  if (typeof read !== 'object' || read === null) return `${path}: ${JSON.stringify(actual)} instead of a map`
  const present = Object.entries(read).filter(([, member]) => member !== undefined)
  const extra = present.filter(([key]) => !(key in expected)).map(([key]) => key)
  if (extra.length > 0) return `${path}: ${extra.join(', ')} not expected`
  for (const [key, member] of Object.entries(expected)) {
    const found = difference(member, (read as Record<string, unknown>)[key], bound, unordered, `${path}/${key}`)
    if (found) return found
  }
  return undefined
}

function listDifference(
  expected: readonly unknown[],
  actual: unknown,
  bound: Map<string, string>,
  unordered: readonly string[],
  path: string,
): string | undefined {
  if (!Array.isArray(actual)) return expected.length === 0 && actual == null ? undefined : `${path}: not a list`
  if (actual.length !== expected.length) return `${path}: ${actual.length} members instead of ${expected.length}`
  const loose = [...ALWAYS_UNORDERED, ...unordered].includes(path.slice(path.lastIndexOf('/') + 1))
  const rest = [...actual]
  for (const [index, member] of expected.entries()) {
    const candidates = loose ? rest : [actual[index]]
    const fit = candidates.find((candidate) => !difference(member, candidate, new Map(bound), unordered, `${path}/${index}`))
    const chosen = fit === undefined ? candidates[0] : fit
    const found = difference(member, chosen, bound, unordered, `${path}/${index}`)
    if (found) return found
    if (loose) rest.splice(rest.indexOf(chosen), 1)
  }
  return undefined
}

function textDifference(expected: string, actual: unknown, bound: Map<string, string>, path: string): string | undefined {
  const wrong = `${path}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`
  if (typeof actual !== 'string' && typeof actual !== 'number') return wrong
  const names: string[] = []
  const pieces = expected.split(PLACEHOLDER).map((piece) => piece.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
  const pattern = [...expected.matchAll(PLACEHOLDER)].reduce((text, [name], index) => {
    const known = bound.get(name)
    if (known === undefined) names.push(name)
    return `${text}${known === undefined ? '(.+)' : known.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')}${pieces[index + 1] ?? ''}`
  }, pieces[0] ?? '')
  const match = new RegExp(`^${pattern}$`, 's').exec(String(actual))
  if (!match) return wrong
  for (const [index, name] of names.entries()) if (name !== '@<*>') bound.set(name, match[index + 1] ?? '')
  return undefined
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
