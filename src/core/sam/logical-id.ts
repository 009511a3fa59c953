import type { Value } from '../template/value.ts'
import { json, truthy } from './python.ts'
import { sha1 } from './sha1.ts'

/** All forty digits of the hash that AWS derives logical ids from; nothing for an empty datum. */
export function digestOf(datum: Value | undefined): string {
  if (datum === undefined || !truthy(datum)) return ''
  return sha1(typeof datum === 'string' ? datum : json(datum))
}

/** `prefix` and the first ten digits of the datum's hash: changes when the datum does, and only then. */
export function hashedId(prefix: string, datum: Value | undefined): string {
  return prefix + digestOf(datum).slice(0, 10)
}
