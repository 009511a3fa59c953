import { type Position, positionOf } from '../position.ts'
import { isMap, type Value } from '../value.ts'
import { base64 } from './base64.ts'
import { cidr } from './cidr.ts'
import { findInMap } from './find-in-map.ts'
import { getAtt } from './get-att.ts'
import { getAzs } from './get-azs.ts'
import { ifFunction } from './if.ts'
import { importValue } from './import-value.ts'
import type { Intrinsic } from './intrinsic.ts'
import { join } from './join.ts'
import { ref } from './ref.ts'
import { select } from './select.ts'
import { split } from './split.ts'
import { sub } from './sub.ts'
import { unsupported } from './unsupported.ts'

const VALUE_FUNCTIONS = [
  ref,
  getAtt,
  sub,
  join,
  select,
  split,
  ifFunction,
  findInMap,
  importValue,
  base64,
  cidr,
  getAzs,
  ...unsupported,
]

/** The functions that yield values, by name. Those that yield conditions are in `condition-functions.ts`. */
const BY_NAME: ReadonlyMap<string, Intrinsic> = new Map(VALUE_FUNCTIONS.map((intrinsic) => [intrinsic.name, intrinsic]))

export interface IntrinsicCall {
  readonly intrinsic: Intrinsic
  readonly argument: Value
  readonly at: Position | undefined
}

/** The function call that this value is: a map with the function's name as its only key. */
export function callIn(value: Value): IntrinsicCall | undefined {
  const name = functionNameOf(value)
  const intrinsic = name === undefined ? undefined : BY_NAME.get(name)
  if (!intrinsic || !isMap(value)) return undefined
  return { intrinsic, argument: value[intrinsic.name] ?? null, at: positionOf(value) }
}

/** `Ref` or `Fn::…`, whether there is such a function or not. */
export function functionNameOf(value: Value): string | undefined {
  if (!isMap(value)) return undefined
  const keys = Object.keys(value)
  const [name] = keys
  return keys.length === 1 && name !== undefined && (name === 'Ref' || name.startsWith('Fn::')) ? name : undefined
}
