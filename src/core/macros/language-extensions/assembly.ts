import { AT, type Position, positionsOf } from '../../template/position.ts'
import type { Value, ValueMap } from '../../template/value.ts'
import { refused } from './refused.ts'

/** A map that is made of what its text says and of what loops bring in. */
export interface Assembly {
  /** Refuses a name that is there already. `at` is where the value stands. */
  add(key: string, value: Value, at: Position | undefined): void
  result(): ValueMap
}

/** `origin` is the map that the text has in this place. */
export function assemblyFor(origin: ValueMap): Assembly {
  const map: ValueMap = {}
  const members: Record<string, Position> = {}
  return {
    add(key, value, at) {
      // The one name that cannot be a plain member of an object: assigning it changes the object's nature.
      if (key === '__proto__') throw refused('`__proto__` cannot be a name', at)
      if (Object.hasOwn(map, key)) throw refused(`Duplicate key '${key}' when merging keys to parent object in Fn::ForEach`, at)
      map[key] = value
      if (at) members[key] = at
    },
    result() {
      const positions = positionsOf(origin)
      if (positions) map[AT] = { ...positions, members }
      return map
    },
  }
}
