import type { Expectation, ExpectedError, RecordedStep } from './cases.ts'
import { type Bindings, match, type Rules } from './match.ts'
import { at, jsonIn, textOf, without } from './path.ts'

/** What a step came to: a result that later steps may refer to, or a refusal. */
export interface Outcome {
  readonly result?: unknown
  readonly status?: number
  readonly error?: Failure
}

export interface Failure {
  readonly status?: number
  readonly code?: string
  readonly message?: string
  /** Members of the error answer besides code and message. */
  readonly fields?: Readonly<Record<string, unknown>>
}

export interface Judgement {
  readonly bindings: Bindings
  readonly differences: readonly string[]
}

const ALWAYS_UNORDERED = ['Tags', 'TagSet', 'Capabilities']

/** Headers that are the connection's or CloudFront's affair. */
const OPTIONAL_HEADER = /^(connection|date|transfer-encoding|content-length|cloudfront-.*|via|x-amz-cf-.*|x-cache)$/i

/** Holds the outcome of a step against what was recorded of it. `expected` has its references filled in. */
export function judge(
  expected: Expectation,
  outcome: Outcome,
  start: Bindings,
  unorderedKeys: readonly string[] = [],
): Judgement {
  let bindings = start
  const differences: string[] = []
  const isUnordered: Rules['isUnordered'] = (path, key) =>
    ALWAYS_UNORDERED.includes(key) || unorderedKeys.includes(key) || (expected.unordered ?? []).includes(path)
  const hold = (wanted: unknown, actual: unknown, path = '', key = path) => {
    const found = match(wanted, actual, { bindings, isUnordered }, path, key)
    if ('difference' in found) differences.push(found.difference)
    else bindings = found.bindings
  }
  const { error } = outcome
  if (expected.error) judgeError(expected.error, error, hold, differences)
  else if (error) differences.push(`was refused: ${error.status ?? ''} ${error.code}: ${error.message}`)
  if (expected.status !== undefined) hold(expected.status, error?.status ?? outcome.status, 'status')
  // A stack that went wrong leaves its events as a result.
  if (error && outcome.result === undefined) return { bindings, differences }
  judgeResult(expected, outcome.result, hold, differences)
  return { bindings, differences }
}

type Hold = (wanted: unknown, actual: unknown, path?: string, key?: string) => void

function judgeError(expected: true | ExpectedError, error: Failure | undefined, hold: Hold, differences: string[]): void {
  if (!error) differences.push('was not refused')
  else if (expected !== true) {
    if (expected.status !== undefined) hold(expected.status, error.status, 'error.status')
    if (expected.code !== undefined) hold(expected.code, error.code, 'error.code')
    if (expected.message !== undefined) hold(expected.message, error.message ?? '', 'error.message')
    for (const [name, value] of Object.entries(expected.fields ?? {})) hold(value, error.fields?.[name], `error.${name}`)
  }
}

function judgeResult(expected: Expectation, result: unknown, hold: Hold, differences: string[]): void {
  const ignored = (value: unknown) => (expected.ignore ?? []).reduce(without, value)
  if (expected.body !== undefined) hold(ignored(expected.body), ignored(result))
  for (const [path, value] of Object.entries(expected.at ?? {})) {
    const actual = at(result, path)
    if (isEmpty(value) && actual === undefined) continue
    hold(value, actual, path, path.slice(path.lastIndexOf('.') + 1))
  }
  for (const [path, members] of Object.entries(expected.contains ?? {})) {
    const held = at(result, path)
    for (const one of members) {
      if (!contains(held, one)) differences.push(`${path}: without ${JSON.stringify(one)}: ${JSON.stringify(held)}`)
    }
  }
  for (const [name, value] of Object.entries(expected.headers ?? {})) {
    if (!OPTIONAL_HEADER.test(name)) hold(value, at(result, `headers.${name.replaceAll('.', '\\.')}`), `headers.${name}`)
  }
  if (expected.json !== undefined) hold(expected.json, jsonIn(textOf(at(result, 'text'))), 'json')
  if (expected.text !== undefined) hold(expected.text, at(result, 'text'), 'text')
}

function isEmpty(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0)
}

function contains(held: unknown, one: unknown): boolean {
  if (typeof held === 'string') return held.includes(String(one))
  const rules: Rules = { bindings: new Map(), isUnordered: () => false }
  if (Array.isArray(held)) return held.some((item) => 'bindings' in match(one, item, rules))
  return typeof held === 'object' && held !== null && String(one) in held
}

/** Sorts the lists that a step names, in place of their order at AWS. */
export function sorted(result: unknown, sort: RecordedStep['sort'] = {}): unknown {
  for (const [path, by] of Object.entries(sort)) {
    const list = at(result, path)
    if (!Array.isArray(list)) continue
    const [key, direction] = by.startsWith('-') ? [by.slice(1), -1] : [by, 1]
    const text = (item: unknown) => String(at(item, key) ?? '')
    list.sort((a, b) => direction * (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0))
  }
  return result
}
