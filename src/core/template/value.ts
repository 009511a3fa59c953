import type { Positioned } from './position.ts'

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
