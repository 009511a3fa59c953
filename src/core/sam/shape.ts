import { isList, isMap, type Value, type ValueMap } from '../template/value.ts'
import { put } from './copy.ts'

/*
 * What AWS checks with a schema (pydantic's) rather than property by property: newer resources and parts of them. A shape reads a
 * value as AWS does, the value changed to the type that is wanted where that can be done, and collects what cannot be read.
 */

/** One thing wrong with a value, in the words of AWS's schema checker. */
export interface Mistake {
  readonly path: readonly (string | number)[]
  readonly text: string
  readonly type: string
}

export type Shape = (value: Value, path: Mistake['path']) => { readonly value: Value } | { readonly mistakes: readonly Mistake[] }

const wrong = (path: Mistake['path'], text: string, type: string) => ({ mistakes: [{ path, text, type }] })

export const text: Shape = (value, path) => {
  if (typeof value === 'string') return { value }
  if (typeof value === 'number') return { value: String(value) }
  if (typeof value === 'boolean') return { value: value ? 'True' : 'False' }
  return wrong(path, 'str type expected', 'type_error.str')
}

const INTEGER = /^\s*[-+]?\d+(_\d+)*\s*$/
const DECIMAL = /^\s*[-+]?(\d+(_\d+)*\.?(\d+(_\d+)*)?|\.\d+(_\d+)*)(e[-+]?\d+(_\d+)*)?\s*$/i

export const integer: Shape = (value, path) => {
  if (typeof value === 'number') return { value: Math.trunc(value) }
  if (typeof value === 'boolean') return { value: Number(value) }
  if (typeof value === 'string' && INTEGER.test(value)) return { value: Number(value.replaceAll('_', '')) }
  return wrong(path, 'value is not a valid integer', 'type_error.integer')
}

export const decimal: Shape = (value, path) => {
  if (typeof value === 'number' || typeof value === 'boolean') return { value: Number(value) }
  if (typeof value === 'string' && DECIMAL.test(value)) return { value: Number(value.replaceAll('_', '')) }
  return wrong(path, 'value is not a valid float', 'type_error.float')
}

export const flag: Shape = (value, path) =>
  typeof value === 'boolean' ? { value } : wrong(path, 'value could not be parsed to a boolean', 'type_error.bool')

export const anything: Shape = (value) => ({ value })

/** A map, or what Python makes a map of: a list of pairs, or nothing at all. */
export const map: Shape = (value, path) => {
  const read = isMap(value) ? value : mapOfPairs(value)
  return read ? { value: read } : wrong(path, 'value is not a valid dict', 'type_error.dict')
}

function mapOfPairs(value: Value): ValueMap | undefined {
  if (value === '') return {}
  if (!isList(value)) return undefined
  const made: ValueMap = {}
  for (const member of value) {
    const pair = typeof member === 'string' ? [...member] : isMap(member) ? Object.keys(member) : member
    if (!isList(pair) || pair.length !== 2) return undefined
    const [key, second] = pair as [Value, Value]
    if (typeof key === 'object') return undefined
    put(made, String(key), second)
  }
  return made
}

export const listOf =
  (shape: Shape): Shape =>
  (value, path) => {
    if (!isList(value)) return wrong(path, 'value is not a valid list', 'type_error.list')
    const read = value.map((member, index) => (member === null ? nothing([...path, index]) : shape(member, [...path, index])))
    const mistakes = read.flatMap((member) => ('mistakes' in member ? member.mistakes : []))
    return mistakes.length > 0 ? { mistakes } : { value: read.map((member) => (member as { value: Value }).value) }
  }

const nothing = (path: Mistake['path']) => wrong(path, 'none is not an allowed value', 'type_error.none.not_allowed')

/** The first that fits, in this order. */
export const either =
  (...shapes: readonly Shape[]): Shape =>
  (value, path) => {
    const mistakes: Mistake[] = []
    for (const shape of shapes) {
      const read = shape(value, path)
      if ('value' in read) return read
      mistakes.push(...read.mistakes)
    }
    return { mistakes }
  }

/** An intrinsic function in place of the value, or the value. */
export const orIntrinsic = (...shapes: readonly Shape[]): Shape => either(map, ...shapes)

export interface Field {
  readonly shape: Shape
  readonly required?: boolean
}

/** These members and no others; those without a value are left out. */
export const fields =
  (known: Readonly<Record<string, Field>>): Shape =>
  (value, path) => {
    if (!isMap(value)) return wrong(path, 'value is not a valid dict', 'type_error.dict')
    const mistakes: Mistake[] = []
    const made: ValueMap = {}
    for (const [name, { shape, required }] of Object.entries(known)) {
      const at = [...path, name]
      const member = Object.hasOwn(value, name) ? value[name]! : undefined
      const given = member !== undefined && member !== null
      const read = given ? shape(member, at) : required ? absent(member, at) : undefined
      if (read && 'mistakes' in read) mistakes.push(...read.mistakes)
      else if (read) made[name] = read.value
    }
    const unknown = Object.keys(value).filter((name) => !Object.hasOwn(known, name))
    for (const name of unknown.sort()) {
      mistakes.push({ path: [...path, name], text: 'extra fields not permitted', type: 'value_error.extra' })
    }
    return mistakes.length > 0 ? { mistakes } : { value: made }
  }

const absent = (member: null | undefined, path: Mistake['path']) =>
  member === null ? nothing(path) : wrong(path, 'field required', 'value_error.missing')

const KINDS: Readonly<Record<string, string>> = {
  'type_error.dict': 'dictionary',
  'type_error.integer': 'integer',
  'type_error.float': 'number',
  'type_error.list': 'list',
}

/** All mistakes as AWS words them for a whole resource, one sentence for each place. */
export function sentences(mistakes: readonly Mistake[]): string {
  const places = new Map<string, Mistake[]>()
  for (const mistake of mistakes) {
    const path = mistake.path.join('.')
    places.set(path, [...(places.get(path) ?? []), mistake])
  }
  return [...places].map(([path, all]) => `Property '${path}' ${sentence(all)}.`).join(' ')
}

function sentence(mistakes: readonly Mistake[]): string {
  const wanted = new Set(mistakes.flatMap(({ type }) => KINDS[type] ?? []))
  if (wanted.size > 1) return `value must be ${[...wanted].join(' or ')}`
  const { text: words, type } = mistakes[0]!
  if (type === 'value_error.missing') return 'is required'
  if (type === 'value_error.extra') return 'is an invalid property'
  return words.toLowerCase()
}

/** All mistakes as the schema checker itself lists them. */
export function listing(name: string, mistakes: readonly Mistake[]): string {
  const count = `${mistakes.length} validation error${mistakes.length === 1 ? '' : 's'} for ${name}`
  return [count, ...mistakes.map(({ path, text: words, type }) => `${path.join(' -> ')}\n  ${words} (type=${type})`)].join('\n')
}
