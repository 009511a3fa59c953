import { type Positioned, positionsOf } from './position.ts'

/** What a template is made of once read: plain values; maps and lists know where they were written (see `position.ts`). */
export type Value = string | number | boolean | null | ValueList | ValueMap
export interface ValueMap extends Positioned {
  [key: string]: Value
}
export interface ValueList extends Array<Value>, Positioned {}

export function isMap(value: unknown): value is ValueMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isList(value: unknown): value is ValueList {
  return Array.isArray(value)
}

/** The member of this name that the template wrote: never one that every object has, such as `constructor`. */
export function memberOf(map: ValueMap, key: string): Value | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined
}

/** A scalar as text, the way it was written; nothing for maps, lists and null. */
export function textOfMember(node: ValueMap | ValueList, key: string | number): string | undefined {
  const value = Array.isArray(node) ? node[Number(key)] : memberOf(node, String(key))
  if (typeof value === 'string') return value
  if (typeof value !== 'number' && typeof value !== 'boolean') return undefined
  const members = positionsOf(node)?.members ?? {}
  const written = Object.hasOwn(members, String(key)) ? members[String(key)]?.text : undefined
  // A position outlives the value that stood there: a function may have put another in its place.
  return written !== undefined && Number(written) === value ? written : String(value)
}
