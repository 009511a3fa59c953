import { positionsOf } from '../../template/position.ts'
import type { ValueMap } from '../../template/value.ts'
import { type Followed, type History, historyOf, type Moment } from './history.ts'
import { KeyTable } from './key-table.ts'
import { isInWrittenOrder, wasUpdated } from './own-words.ts'

/**
 * Beyond so many keys of one map it is not followed how copies change their order: each key would cost as much as all before it. An
 * API of API Gateway has half as many resources at most, unless AWS raises its quota.
 */
const MOST_KEYS = 600

/** The keys of a map in a document that is being edited, in the order of this moment. */
export function memberOrder(document: ValueMap, map: ValueMap, born = 0): [key: string, came: number][] {
  return keyOrder(map, historyOf(document), born)
}

/** The keys in the order of a dict of Python 2, each with the number of copies that the document had gone through when it came. */
export function keyOrder(map: ValueMap, history: History, born: number): [key: string, came: number][] {
  if (isInWrittenOrder(map)) {
    const steps = stepsOf(map, history.moments.get(map) ?? [], born)
    return steps.flatMap((step) => ('added' in step ? step.added.map((key): [string, number] => [key, step.copies]) : []))
  }
  const keys = Object.keys(map)
  // Most maps of a template have one key, which has always been there.
  if (keys.length < 2 && !history.moments.has(map)) return keys.map((key) => [key, born])
  const { table, now, came } = followed(map, history, born)
  return copied(table, history.copies - now)
    .keys()
    .map((key) => [key, came.get(key)!])
}

/** Follows the map's life to its last moment, from where it was left when its order was last asked for. */
function followed(map: ValueMap, { moments, followed: known }: History, born: number): Followed {
  const steps = stepsOf(map, moments.get(map) ?? [], born)
  const left = known.get(map)
  let { moments: from, table, now, came } = left?.born === born ? left : begun(map, born)
  for (let index = from; index < steps.length; index += 1) {
    const step = steps[index]!
    // More keys may yet come at the last moment.
    if (index === steps.length - 1 && index > from) known.set(map, { born, moments: index, table: table.twin(), now, came })
    table = copied(table, step.copies - now)
    now = step.copies
    if ('shallow' in step) table = table.shallowCopy()
    if ('room' in step) table.makeRoomFor(step.room)
    if ('removed' in step) table.delete(step.removed)
    for (const key of 'added' in step ? step.added : []) {
      if (wasUpdated(map, key)) table.makeRoomFor(1)
      table.add(key)
      came.set(key, now)
    }
  }
  return { born, moments: steps.length, table, now, came }
}

function begun(map: ValueMap, born: number): Followed {
  const table = tableOfMerged(map)
  return { born, moments: 0, table, now: born, came: new Map(table.keys().map((key) => [key, born])) }
}

const MERGED: unique symbol = Symbol('postern.sam.merged')

interface Merged {
  [MERGED]?: readonly [general: readonly string[], special: readonly string[]]
}

/** Remembers that the map is a copy of what one has now, into which another was written. Answers the map. */
export function mergedFrom(map: ValueMap, general: ValueMap, special: ValueMap): ValueMap {
  ;(map as Merged)[MERGED] = [writtenKeys(general), writtenKeys(special)]
  return map
}

function tableOfMerged(map: ValueMap): KeyTable {
  const [general, special] = (map as Merged)[MERGED] ?? []
  if (!general || !special) return new KeyTable()
  const table = KeyTable.of(general).shallowCopy()
  for (const key of KeyTable.of(special).keys()) table.add(key)
  return table
}

type Step = { readonly copies: number } & (
  | { readonly added: readonly string[] }
  | { readonly removed: string }
  | { readonly shallow: true }
  | { readonly room: number }
)

/** What happened to the map's keys, first things first: told from its last moment backwards, as only the last keys are there to see. */
function stepsOf(map: ValueMap, moments: readonly Moment[], born: number): Step[] {
  const keys = writtenKeys(map)
  const steps: Step[] = []
  for (const moment of moments.toReversed()) {
    const { copies } = moment
    if (moment.kind === 'keys') steps.push({ copies, added: keys.splice(moment.count) })
    else if (moment.kind === 'added') steps.push({ copies, added: keys.splice(keys.lastIndexOf(moment.key), 1) })
    else if (moment.kind === 'room') steps.push({ copies, room: moment.keys })
    else if (moment.kind === 'shallow-copy') steps.push({ copies, shallow: true })
    else {
      keys.splice(moment.index, 0, moment.key)
      steps.push({ copies, removed: moment.key })
    }
  }
  steps.push({ copies: born, added: keys })
  return steps.reverse()
}

/** The table after so many copies. Copies come back to an earlier order soon, mostly at once. */
function copied(table: KeyTable, times: number): KeyTable {
  if (table.size > MOST_KEYS) return table
  let before: KeyTable | undefined
  let current = table
  for (let left = times; left > 0; left -= 1) {
    const next = current.deepCopy()
    if (next.hasOrderOf(current) || (before && left % 2 === 1 && next.hasOrderOf(before))) return next
    before = current
    current = next
  }
  return current
}

/** The keys in the order of the template's text: JavaScript itself puts those first that look like numbers. */
export function writtenKeys(map: ValueMap): string[] {
  const keys = Object.keys(map)
  const members = positionsOf(map)?.members
  if (!members || keys.length < 2 || !/^\d+$/.test(keys[0]!) || !keys.every((key) => Object.hasOwn(members, key))) return keys
  const place = (key: string) => members[key]!
  return keys.sort((a, b) => place(a).line - place(b).line || place(a).column - place(b).column)
}
