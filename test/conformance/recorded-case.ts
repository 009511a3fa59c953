import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'

/*
 * Answers that AWS gave, replayed: each case is a list of calls with what came back. Identifiers are bound where they first appear and
 * must be the same from there on.
 */

export interface RecordedCase {
  readonly id: string
  readonly title: string
  readonly services: readonly string[]
  readonly unorderedKeys?: readonly string[]
  readonly steps: readonly RecordedStep[]
}

export interface RecordedStep {
  readonly id: string
  readonly call?: string
  readonly input?: Readonly<Record<string, unknown>>
  readonly pause?: number
  readonly sort?: Readonly<Record<string, string>>
  readonly expect?: Expectation
}

export interface Expectation {
  readonly status?: number
  readonly body?: unknown
  readonly at?: Readonly<Record<string, unknown>>
  readonly error?: true | { readonly status?: number; readonly code?: string; readonly message?: string }
  readonly ignore?: readonly string[]
}

/** The folder of the recordings: in `POSTERN_CONFORMANCE`, else beside the project. Nothing where there is none. */
export function recordedFolder(chosen = process.env['POSTERN_CONFORMANCE']): string | undefined {
  const folder = join(chosen ? resolve(chosen) : resolve(import.meta.dirname, '../../../shared/conformance'), 'recorded')
  return existsSync(folder) ? folder : undefined
}

export function readRecordedCases(folder: string, area: (name: string) => boolean): RecordedCase[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml') && area(name.split('.')[0] ?? ''))
    .sort()
    .flatMap((name) => (parse(readFileSync(join(folder, name), 'utf8')) as { cases: RecordedCase[] }).cases)
}

/** What is known within one case: results of steps, the caller, and what identifiers were bound to. */
export class Knowledge {
  readonly results = new Map<string, unknown>()
  readonly #bound = new Map<string, string>()
  readonly #unordered: ReadonlySet<string>
  readonly #constants: Readonly<Record<string, string>>

  constructor(constants: Readonly<Record<string, string>>, unordered: readonly string[] = []) {
    this.#constants = constants
    this.#unordered = new Set([...unordered, 'Tags', 'TagSet', 'Capabilities'])
  }

  /** Replaces `@{…}`. A text that is one reference keeps the type of what it refers to. */
  filled(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.filled(item))
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [String(this.filled(key)), this.filled(item)]))
    if (typeof value !== 'string') return value
    const whole = /^@\{([^{}]+)\}$/.exec(value)?.[1]
    return whole
      ? this.#lookUp(whole)
      : value.replace(/@\{([^{}]+)\}/g, (_, reference: string) => String(this.#lookUp(reference)))
  }

  #lookUp(reference: string): unknown {
    const [path = '', ...filters] = reference.split('|')
    if (filters.length > 0) throw new Error(`unsupported reference ${reference}`)
    const [, name = '', rest = ''] = /^([^.[]+)\.?(.*)$/.exec(path) ?? []
    if (this.results.has(name)) return valueAt(this.results.get(name), rest)
    if (/^u\d+$/.test(name)) return `unique${name.padStart(4, '0').slice(-4)}`
    const constant = this.#constants[name]
    if (constant === undefined) throw new Error(`nothing is known of ${reference}`)
    return constant
  }

  /** Where the actual value differs from the expected one; nothing where it does not. */
  difference(expected: unknown, actual: unknown, path: string, ignored: readonly string[] = []): string | undefined {
    if (ignored.includes(path)) return undefined
    const filled = typeof expected === 'string' ? this.filled(expected) : expected
    if (typeof filled === 'string') return this.#differentText(filled, actual, path)
    if (typeof filled !== 'object' || filled === null)
      return Object.is(filled, actual) ? undefined : `${path}: expected ${show(filled)}, got ${show(actual)}`
    const special = this.#special(filled as Record<string, unknown>, actual, path)
    if (special !== undefined) return special || undefined
    // A document that is kept as text is recorded parsed.
    if (typeof actual === 'string') {
      try {
        return this.difference(filled, JSON.parse(actual), path, ignored)
      } catch {
        return `${path}: expected ${show(filled)}, got the text ${show(actual)}`
      }
    }
    return Array.isArray(filled)
      ? this.#differentList(filled, actual, path, ignored)
      : this.#differentMap(filled as Record<string, unknown>, actual, path, ignored)
  }

  #differentText(expected: string, actual: unknown, path: string): string | undefined {
    const names: string[] = []
    const pattern = expected
      .split(/(@<[^>]+>)/)
      .map((part) => {
        const name = /^@<([^>]+)>$/.exec(part)?.[1]
        if (name === undefined) return escapeRegex(part)
        const bound = this.#bound.get(name)
        if (bound !== undefined) return escapeRegex(bound)
        names.push(name)
        return '([\\s\\S]+)'
      })
      .join('')
    const text = typeof actual === 'number' ? String(actual) : actual
    const found = typeof text === 'string' ? new RegExp(`^${pattern}$`).exec(text) : null
    if (!found) return `${path}: expected ${show(expected)}, got ${show(actual)}`
    names.forEach((name, index) => {
      if (name !== '*') this.#bound.set(name, found[index + 1] ?? '')
    })
    return undefined
  }

  /** `''` where a special expectation holds, a difference where it does not, nothing where the map is data. */
  #special(expected: Record<string, unknown>, actual: unknown, path: string): string | undefined {
    if ('$is' in expected) {
      const isTime = actual instanceof Date || typeof actual === 'number' || typeof actual === 'string'
      return actual !== undefined && (expected['$is'] === 'any' || isTime)
        ? ''
        : `${path}: expected ${show(expected)}, got ${show(actual)}`
    }
    if ('$escapedJson' in expected) {
      const text = typeof actual === 'string' ? actual.replaceAll('\\"', '"') : ''
      return this.difference(expected['$escapedJson'], JSON.parse(text || 'null'), path) ?? ''
    }
    return undefined
  }

  #differentList(expected: readonly unknown[], actual: unknown, path: string, ignored: readonly string[]): string | undefined {
    if (!Array.isArray(actual) || actual.length !== expected.length)
      return `${path}: expected ${show(expected)}, got ${show(actual)}`
    const key = /([^.[\]]+)(?:\[\d+\])*$/.exec(path)?.[1] ?? ''
    const left = [...actual]
    for (const [index, item] of expected.entries()) {
      const at = this.#unordered.has(key) ? left.findIndex((other) => this.#tried(item, other)) : 0
      const different = this.difference(item, left[Math.max(at, 0)], `${path}[${index}]`, ignored)
      if (different) return different
      left.splice(Math.max(at, 0), 1)
    }
    return undefined
  }

  /** Whether it would match, without binding anything. */
  #tried(expected: unknown, actual: unknown): boolean {
    const before = new Map(this.#bound)
    const matches = this.difference(expected, actual, '') === undefined
    this.#bound.clear()
    for (const [name, text] of before) this.#bound.set(name, text)
    return matches
  }

  #differentMap(
    expected: Record<string, unknown>,
    actual: unknown,
    path: string,
    ignored: readonly string[],
  ): string | undefined {
    if (typeof actual !== 'object' || actual === null || Array.isArray(actual))
      return `${path}: expected ${show(expected)}, got ${show(actual)}`
    const under = (key: string) => (path ? `${path}.${key}` : key)
    const extra = Object.keys(actual).find((key) => !(key in expected) && !ignored.includes(under(key)))
    if (extra !== undefined) return `${under(extra)}: expected nothing, got ${show((actual as Record<string, unknown>)[extra])}`
    for (const [key, item] of Object.entries(expected)) {
      const different = this.difference(item, (actual as Record<string, unknown>)[key], under(key), ignored)
      if (different) return different
    }
    return undefined
  }
}

export function valueAt(value: unknown, path: string): unknown {
  return path
    .replaceAll(/\[(\d+)\]/g, '.$1')
    .split('.')
    .filter((part) => part !== '')
    .reduce<unknown>(
      (at, part) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[part] : undefined),
      value,
    )
}

/** Sorts the list at a path by a member of its items; `-member` for descending. */
export function sorted(result: unknown, sort: Readonly<Record<string, string>> = {}): unknown {
  for (const [path, member] of Object.entries(sort)) {
    const list = valueAt(result, path)
    const [key, direction] = member.startsWith('-') ? [member.slice(1), -1] : [member, 1]
    const text = (item: unknown) => String(valueAt(item, key))
    if (Array.isArray(list)) list.sort((a, b) => (text(a) < text(b) ? -1 : 1) * direction)
  }
  return result
}

const escapeRegex = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
const show = (value: unknown) => (JSON.stringify(value) ?? 'nothing').slice(0, 300)
