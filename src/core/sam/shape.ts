import { positionedAs } from '../template/position.ts'
import { isList, isMap, type Value, type ValueMap } from '../template/value.ts'
import { put } from './copy.ts'
import type { Mistake } from './mistakes.ts'

/*
 * What AWS checks with a schema (pydantic's) rather than property by property: newer resources and parts of them. A shape reads a
 * value as AWS does, the value changed to the type that is wanted where that can be done, and collects what cannot be read.
 */

export type Reading<T> = { readonly value: T } | { readonly mistakes: readonly Mistake[] }

/** Reads a value that is not null. */
export type Shape<T = Value> = (value: Value, path: Mistake['path']) => Reading<T>

/** What a shape reads. */
export type Read<S> = S extends Shape<infer T> ? T : never

const wrong = (path: Mistake['path'], text: string, type: string) => ({ mistakes: [{ path, text, type }] })

export const text: Shape<string> = (value, path) => {
  if (typeof value === 'string') return { value }
  if (typeof value === 'number') return { value: String(value) }
  if (typeof value === 'boolean') return { value: value ? 'True' : 'False' }
  return wrong(path, 'str type expected', 'type_error.str')
}

const INTEGER = /^\s*[-+]?\d+(_\d+)*\s*$/
const DECIMAL = /^\s*[-+]?(\d+(_\d+)*\.?(\d+(_\d+)*)?|\.\d+(_\d+)*)(e[-+]?\d+(_\d+)*)?\s*$/i

export const integer: Shape<number> = (value, path) => {
  if (typeof value === 'number') return { value: Math.trunc(value) }
  if (typeof value === 'boolean') return { value: Number(value) }
  if (typeof value === 'string' && INTEGER.test(value)) return { value: Number(value.replaceAll('_', '')) }
  return wrong(path, 'value is not a valid integer', 'type_error.integer')
}

export const decimal: Shape<number> = (value, path) => {
  if (typeof value === 'number' || typeof value === 'boolean') return { value: Number(value) }
  if (typeof value === 'string' && DECIMAL.test(value)) return { value: Number(value.replaceAll('_', '')) }
  return wrong(path, 'value is not a valid float', 'type_error.float')
}

const TRUE: readonly Value[] = [true, 1, '1', 'on', 't', 'true', 'y', 'yes']
const FALSE: readonly Value[] = [false, 0, '0', 'off', 'f', 'false', 'n', 'no']

export const flag: Shape<boolean> = (value, path) => {
  const meant = typeof value === 'string' ? value.toLowerCase() : value
  if (TRUE.includes(meant)) return { value: true }
  return FALSE.includes(meant) ? { value: false } : wrong(path, 'value could not be parsed to a boolean', 'type_error.bool')
}

export const anything: Shape = (value) => ({ value })

export function oneOf<T extends string>(...values: readonly T[]): Shape<T> {
  const permitted = values.map((value) => `'${value}'`).join(', ')
  return (value, path) => {
    const found = values.find((one) => one === value)
    return found === undefined ? wrong(path, `unexpected value; permitted: ${permitted}`, 'value_error.const') : { value: found }
  }
}

/** A map, or what Python makes a map of: a list of pairs, or nothing at all. */
export const map: Shape<ValueMap> = (value, path) => {
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

/** All readings together, or all that is wrong with them. */
function together<T>(readings: readonly Reading<T>[]): Reading<T[]> {
  const mistakes = readings.flatMap((read) => ('mistakes' in read ? read.mistakes : []))
  return mistakes.length > 0 ? { mistakes } : { value: readings.flatMap((read) => ('value' in read ? [read.value] : [])) }
}

function notNull<T>(shape: Shape<T>, value: Value, path: Mistake['path']): Reading<T> {
  return value === null ? wrong(path, 'none is not an allowed value', 'type_error.none.not_allowed') : shape(value, path)
}

export const listOf =
  <T>(shape: Shape<T>): Shape<T[]> =>
  (value, path) => {
    if (!isList(value)) return wrong(path, 'value is not a valid list', 'type_error.list')
    const read = together(value.map((member, index) => notNull(shape, member, [...path, index])))
    return 'value' in read ? { value: positionedAs(read.value, value) } : read
  }

export const mapOf =
  <T>(shape: Shape<T>): Shape<Record<string, T>> =>
  (value, path) => {
    const written = map(value, path)
    if ('mistakes' in written) return written
    const names = Object.keys(written.value)
    const read = together(names.map((name) => notNull(shape, written.value[name]!, [...path, name])))
    if ('mistakes' in read) return read
    return { value: positionedAs(Object.fromEntries(names.map((name, index) => [name, read.value[index]!])), value) }
  }

/** The first that fits, in this order. */
export const either =
  <S extends readonly Shape<unknown>[]>(...shapes: S): Shape<Read<S[number]>> =>
  (value, path) => {
    const mistakes: (readonly Mistake[])[] = []
    for (const shape of shapes) {
      const read = shape(value, path) as Reading<Read<S[number]>>
      if ('value' in read) return read
      mistakes.push(read.mistakes)
    }
    return { mistakes: mistakes.flat() }
  }

/** An intrinsic function in place of the value, or the value. */
export const orIntrinsic = <S extends readonly Shape<unknown>[]>(...shapes: S) => either(map, ...shapes)

export interface Field<T = Value> {
  readonly shape: Shape<T>
  readonly required?: boolean
}

export const required = <T>(shape: Shape<T>) => ({ shape, required: true }) as const
export const optional = <T>(shape: Shape<T>) => ({ shape }) as const

type Fields = Readonly<Record<string, Field<unknown>>>
type Needed<F extends Fields> = { [K in keyof F]: F[K] extends { required: true } ? K : never }[keyof F]
type ReadOf<F extends Fields> = { [K in Needed<F>]: Read<F[K]['shape']> } & {
  [K in Exclude<keyof F, Needed<F>>]?: Read<F[K]['shape']>
}

/** These members and no others; those without a value are left out. */
export const fields =
  <const F extends Fields>(known: F): Shape<ReadOf<F>> =>
  (value, path) => {
    const written = map(value, path)
    if ('mistakes' in written) return written
    const mistakes: (readonly Mistake[])[] = []
    const made: Record<string, unknown> = {}
    for (const [name, { shape, required }] of Object.entries(known)) {
      const at = [...path, name]
      const member = Object.hasOwn(written.value, name) ? written.value[name]! : undefined
      if (member === undefined && required) mistakes.push([{ path: at, text: 'field required', type: 'value_error.missing' }])
      if (member === undefined || (member === null && !required)) continue
      const read = notNull(shape, member, at)
      if ('mistakes' in read) mistakes.push(read.mistakes)
      else made[name] = read.value
    }
    const unknown = Object.keys(written.value).filter((name) => !Object.hasOwn(known, name))
    for (const name of unknown.sort()) {
      mistakes.push([{ path: [...path, name], text: 'extra fields not permitted', type: 'value_error.extra' }])
    }
    return mistakes.length > 0 ? { mistakes: mistakes.flat() } : { value: positionedAs(made, value) as ReadOf<F> }
  }
