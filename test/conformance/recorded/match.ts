import { jsonIn, textOf } from './path.ts'

/** What placeholders such as `@<id:1>` stand for, as far as a case has been played. */
export type Bindings = ReadonlyMap<string, string>

export type Match = { readonly bindings: Bindings } | { readonly difference: string }

export interface Rules {
  readonly bindings: Bindings
  /** Whether a list at this path, under this key, compares as a multiset. */
  readonly isUnordered: (path: string, key: string) => boolean
}

/** What CloudFront adds to requests and answers of APIs that are reached through it. */
const OF_CLOUDFRONT = /^(cloudfront-.*|via|x-amz-cf-.*|x-cache)$/i

/** Holds an answer against a recorded one: what the placeholders are bound to then, or the first difference with its path. */
export function match(expected: unknown, actual: unknown, rules: Rules, path = '', key = ''): Match {
  if (typeof expected === 'string') return matchText(expected, actual, rules, path)
  if (typeof expected !== 'object' || expected === null) {
    return expected === (actual ?? null) ? fits(rules) : differs(path, actual, expected)
  }
  const special = matchSpecial(expected as Record<string, unknown>, actual, rules, path)
  if (special) return special
  const read = typeof actual === 'string' || actual instanceof Uint8Array ? jsonIn(textOf(actual)) : actual
  if (Array.isArray(expected)) {
    if (!Array.isArray(read) || read.length !== expected.length) return differs(path, actual, expected)
    return rules.isUnordered(path, key) ? matchAny(expected, read, rules, path) : matchEach(expected, read, rules, path)
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read)) return differs(path, actual, expected)
  return matchMap(expected as Record<string, unknown>, read as Record<string, unknown>, rules, path)
}

const fits = ({ bindings }: Rules): Match => ({ bindings })

function differs(path: string, actual: unknown, expected: unknown): Match {
  return { difference: `${path || 'answer'}: ${brief(actual)} instead of ${brief(expected)}` }
}

function brief(value: unknown): string {
  const text = value instanceof Uint8Array ? textOf(value) : (JSON.stringify(value) ?? 'nothing')
  return text.length > 400 ? `${text.slice(0, 400)}…` : text
}

function matchSpecial(
  expected: Readonly<Record<string, unknown>>,
  actual: unknown,
  rules: Rules,
  path: string,
): Match | undefined {
  if ('$is' in expected) {
    const isRight = expected['$is'] === 'any' ? actual !== undefined : isTime(actual)
    return isRight ? fits(rules) : differs(path, actual, expected)
  }
  if ('$count' in expected) {
    return Array.isArray(actual) && actual.length === expected['$count'] ? fits(rules) : differs(path, actual, expected)
  }
  if ('$oneOf' in expected) {
    const tried = (expected['$oneOf'] as unknown[]).map((one) => match(one, actual, rules, path))
    return tried.find((one) => 'bindings' in one) ?? differs(path, actual, expected)
  }
  if ('$escapedJson' in expected) {
    return match(expected['$escapedJson'], jsonIn(textOf(actual).replaceAll('\\"', '"')), rules, path)
  }
  return undefined
}

function isTime(value: unknown): boolean {
  return value instanceof Date || typeof value === 'number' || (typeof value === 'string' && !Number.isNaN(Date.parse(value)))
}

function matchMap(
  expected: Readonly<Record<string, unknown>>,
  actual: Readonly<Record<string, unknown>>,
  rules: Rules,
  path: string,
): Match {
  const named = Object.fromEntries(Object.entries(expected).map(([key, value]) => [boundIn(key, rules.bindings), value]))
  const extra = Object.keys(actual).filter((key) => actual[key] !== undefined && !(key in named) && !OF_CLOUDFRONT.test(key))
  if (extra.length > 0) {
    return {
      difference: `${path || 'answer'}: ${brief(Object.fromEntries(extra.map((key) => [key, actual[key]])))} not expected`,
    }
  }
  let { bindings } = rules
  for (const [key, value] of Object.entries(named)) {
    if (actual[key] === undefined && OF_CLOUDFRONT.test(key)) continue
    const found = match(value, actual[key], { ...rules, bindings }, path ? `${path}.${key}` : key, key)
    if ('difference' in found) return found
    bindings = found.bindings
  }
  return { bindings }
}

function matchEach(expected: readonly unknown[], actual: readonly unknown[], rules: Rules, path: string): Match {
  let { bindings } = rules
  for (const [index, value] of expected.entries()) {
    const found = match(value, actual[index], { ...rules, bindings }, `${path}[${index}]`)
    if ('difference' in found) return found
    bindings = found.bindings
  }
  return { bindings }
}

/** Pairs the members in any order, trying others where a pair binds a placeholder so that the rest does not fit. */
function matchAny(expected: readonly unknown[], actual: readonly unknown[], rules: Rules, path: string): Match {
  const [first, ...rest] = expected
  if (expected.length === 0) return fits(rules)
  let difference: Match | undefined
  for (const [index, candidate] of actual.entries()) {
    const found = match(first, candidate, rules, `${path}[${index}]`)
    const all =
      'difference' in found ? found : matchAny(rest, actual.toSpliced(index, 1), { ...rules, bindings: found.bindings }, path)
    if ('bindings' in all) return all
    difference ??= all
  }
  return difference ?? differs(path, actual, expected)
}

const PLACEHOLDER = /@<([^>]+)>/g

function matchText(expected: string, actual: unknown, rules: Rules, path: string): Match {
  const isText = typeof actual === 'string' || typeof actual === 'number' || actual instanceof Uint8Array
  if (!isText) return differs(path, actual, expected)
  const text = textOf(actual)
  if (text === expected) return fits(rules)
  const groups = new Map<string, string>()
  const pattern = expected.split(PLACEHOLDER).map((piece, index) => {
    if (index % 2 === 0) return escaped(piece)
    const known = rules.bindings.get(piece)
    if (known !== undefined) return escaped(known)
    if (piece === '*') return '.+?'
    const again = groups.get(piece)
    if (again) return `\\k<${again}>`
    groups.set(piece, `b${groups.size}`)
    return `(?<b${groups.size - 1}>.+?)`
  })
  const found = new RegExp(`^${pattern.join('')}$`, 's').exec(text)
  if (!found) return differs(path, text, expected)
  const bound = [...groups].map(([name, group]) => [name, found.groups?.[group] ?? ''] as const)
  return { bindings: new Map([...rules.bindings, ...bound]) }
}

function boundIn(key: string, bindings: Bindings): string {
  return key.replaceAll(PLACEHOLDER, (whole, name: string) => bindings.get(name) ?? whole)
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
