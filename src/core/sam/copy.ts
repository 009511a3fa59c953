import { positionedAs } from '../template/position.ts'
import { isList, isMap, type Value, type ValueMap } from '../template/value.ts'
import { ownAs } from './python2/own-words.ts'

/** A copy that shares nothing with the original, stands at the same places in the text, and tells SAM's own words as it does. */
export function copyOf<T extends Value>(value: T): T {
  if (isList(value)) return ownAs(positionedAs(value.map(copyOf), value), value) as T
  if (!isMap(value)) return value
  const copy: ValueMap = {}
  for (const [key, member] of Object.entries(value)) put(copy, key, copyOf(member))
  return ownAs(positionedAs(copy, value), value) as T
}

/** Sets a member whatever its name: a key written as `__proto__` is a key like any other. */
export function put(map: ValueMap, key: string, value: Value): void {
  if (key === '__proto__') Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true })
  else map[key] = value
}

/** Reads a member whose name comes from the template: names that every JavaScript object knows are not members. */
export function member(map: ValueMap | undefined, key: string): Value | undefined {
  return map && Object.hasOwn(map, key) ? map[key] : undefined
}

/** The members of these names, those that are there. */
export function picked(map: ValueMap, names: readonly string[]): ValueMap {
  const found: ValueMap = {}
  for (const name of names) if (map[name] !== undefined) found[name] = map[name]
  return found
}
