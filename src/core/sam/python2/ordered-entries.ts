import type { Value, ValueMap } from '../../template/value.ts'
import { isConverted } from './converted.ts'
import { knownHistoryOf } from './history.ts'
import { keyOrder, writtenKeys } from './key-order.ts'
import { KeyTable } from './key-table.ts'

/** The members of a map in the order in which AWS goes through them. */
export function orderedEntries(map: ValueMap): [key: string, value: Value][] {
  const keys = isConverted(map) ? keyOrder(map, knownHistoryOf(map), 0).map(([key]) => key) : writtenKeys(map)
  return keys.map((key) => [key, map[key]!])
}

/** Values in the order that a dict has into which AWS puts them, in the order of the map, under its keys. */
export function orderedValues<T>(byKey: ReadonlyMap<string, T>): T[] {
  return KeyTable.of([...byKey.keys()])
    .keys()
    .map((key) => byKey.get(key)!)
}
