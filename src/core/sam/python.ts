import { isList, isMap, type Value, type ValueList, type ValueMap } from '../template/value.ts'
import { isConverted } from './python2/converted.ts'
import { orderedEntries } from './python2/ordered-entries.ts'
import { unicodeRepr } from './python2/unicode-repr.ts'

/*
 * AWS's transform runs on Python, and its answers show it: which values count as empty, how a value prints inside a message,
 * which characters a logical id may take over from a stage name. Everything that follows from this is here; what follows from Python 2,
 * which it once ran on, is in `python2/`.
 */

/** Whether Python takes the value for true: empty text, lists and maps, zero and null are false. */
export function truthy(value: Value | undefined): boolean {
  if (isList(value)) return value.length > 0
  if (isMap(value)) return hasMembers(value)
  return Boolean(value)
}

function hasMembers(map: ValueMap): boolean {
  for (const _ in map) return true
  return false
}

/** As Python walks over a value: a string gives its characters and a map its keys, which is how a scalar `!Ref` goes wrong. */
export function iterated(value: Value): ValueList {
  if (isList(value)) return value
  if (isMap(value)) return orderedEntries(value).map(([key]) => key)
  return typeof value === 'string' ? [...value] : [value]
}

/** The value if it is true in Python's sense. */
export function orNothing<T extends Value>(value: T | undefined): T | undefined {
  return truthy(value) ? value : undefined
}

/** As `repr()` prints it: `['a', {'b': None}]`. */
export function repr(value: Value | undefined): string {
  if (value === null || value === undefined) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return reprText(value)
  const text = isConverted(value) ? reprOfMember : repr
  if (isList(value)) return `[${value.map(text).join(', ')}]`
  return `{${orderedEntries(value)
    .map(([key, member]) => `${text(key)}: ${text(member)}`)
    .join(', ')}}`
}

/** Texts that AWS takes for those of Python 2 are marked as such, but for words: these AWS's own tests have without the mark. */
function reprOfMember(value: Value): string {
  return typeof value === 'string' && !/^[A-Za-z0-9]*$/.test(value) ? unicodeRepr(value) : repr(value)
}

/** As `str()` prints it: text as it is, anything else like `repr`. */
export function str(value: Value | undefined): string {
  return typeof value === 'string' ? value : repr(value)
}

function reprText(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote
}

/** The name of the value's class; `holder` is where it stands. */
export function typeName(value: Value | undefined, holder?: ValueMap): string {
  if (value === null || value === undefined) return 'NoneType'
  if (typeof value === 'string') return holder && isConverted(holder) ? 'Py27UniStr' : 'str'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float'
  if (isList(value)) return 'list'
  return isConverted(value) ? 'Py27Dict' : 'dict'
}

/** `str.isalnum()`: letters and digits of any script, and at least one. */
export function isAlphanumeric(text: string): boolean {
  return /^[\p{L}\p{N}]+$/u.test(text)
}

/** Whether two values are equal, the order of keys aside. */
export function same(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true
  if (isList(a)) return isList(b) && a.length === b.length && a.every((member, index) => same(member, b[index]))
  if (!isMap(a) || !isMap(b)) return false
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]))
}

export function includes(list: readonly Value[], value: Value | undefined): boolean {
  return list.some((member) => same(member, value))
}

/** JSON as Python writes it without blanks: keys sorted, everything beyond ASCII escaped. */
export function json(value: Value): string {
  if (isList(value)) return `[${value.map(json).join(',')}]`
  if (isMap(value)) {
    const members = Object.keys(value)
      .sort()
      .map((key) => `${escaped(key)}:${json(value[key] ?? null)}`)
    return `{${members.join(',')}}`
  }
  return typeof value === 'string' ? escaped(value) : JSON.stringify(value)
}

function escaped(text: string): string {
  return ascii(JSON.stringify(text))
}

/** JSON text with everything beyond ASCII escaped. */
export function ascii(text: string): string {
  return text.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
