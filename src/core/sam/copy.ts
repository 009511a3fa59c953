import { positionedAs } from '../template/position.ts'
import { isList, isMap, type Value, type ValueMap } from '../template/value.ts'

/** A copy that shares nothing with the original and stands at the same places in the text. */
export function copyOf<T extends Value>(value: T): T {
  if (isList(value)) return positionedAs(value.map(copyOf), value) as T
  if (!isMap(value)) return value
  const copy: ValueMap = {}
  for (const [key, member] of Object.entries(value)) put(copy, key, copyOf(member))
  return positionedAs(copy, value) as T
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
