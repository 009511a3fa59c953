import { AwsError } from '../aws/aws-error.ts'
import { MAX_VALUES } from './limits.ts'
import { AT, type Position, type Positions } from './position.ts'
import type { Scalar } from './read-scalar.ts'
import type { Value, ValueList, ValueMap } from './value.ts'

/** A value as a reader has just read it: where it stands, and how many values it comes to once its aliases are written out. */
export interface ReadValue {
  readonly value: Value
  readonly position: Position
  readonly size: number
}

export function readScalarValue({ value, text }: Scalar, position: Position): ReadValue {
  return { value, position: text === undefined ? position : { ...position, text }, size: 1 }
}

interface Entry extends ReadValue {
  readonly key: string
  readonly keyIsText: boolean
}

/** A map of these entries with their positions. Of two entries of one key, the later counts. */
export function buildMap(entries: readonly Entry[], position: Position): ReadValue {
  const map: ValueMap = {}
  for (const { key, value, position: at } of entries) {
    // The one name that cannot be a plain member of an object: assigning it changes the object's nature.
    if (key === '__proto__')
      throw new AwsError('ValidationError', 'Template format error: `__proto__` cannot be a name', { position: at })
    map[key] = value
  }
  const otherKeys = entries.filter(({ keyIsText }) => !keyIsText).map(({ key }) => key)
  map[AT] = { ...positionsFrom(entries, position), ...(otherKeys.length > 0 && { otherKeys }) }
  return { value: map, position, size: sizeOf(entries, position) }
}

export function buildList(items: readonly ReadValue[], position: Position): ReadValue {
  const list: ValueList = items.map(({ value }) => value)
  list[AT] = positionsFrom(
    items.map((item, index) => ({ ...item, key: String(index) })),
    position,
  )
  return { value: list, position, size: sizeOf(items, position) }
}

function positionsFrom(members: readonly (ReadValue & { readonly key: string })[], self: Position): Positions {
  return { self, members: Object.fromEntries(members.map(({ key, position }) => [key, position])) }
}

/** A few lines of aliases of aliases can stand for more values than any machine holds. */
function sizeOf(members: readonly ReadValue[], position: Position): number {
  const size = members.reduce((sum, member) => sum + member.size, 1)
  if (size > MAX_VALUES)
    throw new AwsError('ValidationError', 'Template format error: the aliases in this template stand for too many values', {
      position,
    })
  return size
}
