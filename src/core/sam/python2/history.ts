import type { ValueMap } from '../../template/value.ts'
import type { KeyTable } from './key-table.ts'

/*
 * AWS copies an API's document before and after each of its edits, and a copy may keep its keys in another order (see `key-table.ts`).
 * So it counts between which copies a key came. Postern edits in place, and writes down what tells.
 */

/** A moment in the life of one map, with the number of copies that the document had gone through. */
export type Moment =
  | { readonly copies: number; readonly kind: 'keys'; readonly count: number }
  | { readonly copies: number; readonly kind: 'added'; readonly key: string }
  | { readonly copies: number; readonly kind: 'removed'; readonly key: string; readonly index: number }
  | { readonly copies: number; readonly kind: 'shallow-copy' }
  | { readonly copies: number; readonly kind: 'room'; readonly keys: number }

export interface History {
  copies: number
  readonly moments: Map<ValueMap, Moment[]>
  readonly followed: Map<ValueMap, Followed>
}

/** How far the life of a map was followed: the order of paths is asked for again and again. */
export interface Followed {
  readonly born: number
  readonly moments: number
  readonly table: KeyTable
  readonly now: number
  /** With how many copies each key came. */
  readonly came: Map<string, number>
}

const HISTORY: unique symbol = Symbol('postern.sam.history')

interface Recorded {
  [HISTORY]?: History
}

export function historyOf(document: ValueMap): History {
  const recorded = document as Recorded
  recorded[HISTORY] ??= unrecorded()
  return recorded[HISTORY]
}

/** For those who only read. */
export function knownHistoryOf(document: ValueMap): History {
  return (document as Recorded)[HISTORY] ?? unrecorded()
}

function unrecorded(): History {
  return { copies: 0, moments: new Map(), followed: new Map() }
}

/** Begins an edit. */
export function openEdit(document: ValueMap): void {
  closeEdit(document)
  historyOf(document).copies += 1
  beforeChange(document, document)
}

/** Ends the edit, if one goes on. */
export function closeEdit(document: ValueMap): void {
  const history = historyOf(document)
  if (history.copies % 2 === 0) return
  const last = history.moments.get(document)?.findLast((moment) => moment.kind === 'keys')
  if (last && Object.keys(document).indexOf(WRITTEN_LAST) >= last.count) {
    const definitions = document[WRITTEN_LAST]!
    delete document[WRITTEN_LAST]
    document[WRITTEN_LAST] = definitions
  }
  history.copies += 1
}

/** AWS keeps them apart while it edits. */
const WRITTEN_LAST = 'securityDefinitions'

/** Keys that the map gets from now on, until this is called again, come at this moment. */
export function beforeChange(document: ValueMap, map: ValueMap): void {
  const known = momentsOf(document, map)
  const last = known.at(-1)
  const moment: Moment = { copies: historyOf(document).copies, kind: 'keys', count: Object.keys(map).length }
  if (last?.kind === 'keys' && last.count === moment.count) known[known.length - 1] = moment
  else known.push(moment)
}

/** The map gets this key now. For maps with many keys, such as paths: these are not counted again. */
export function added(document: ValueMap, map: ValueMap, key: string): void {
  momentsOf(document, map).push({ copies: historyOf(document).copies, kind: 'added', key })
}

/** The map was made at this moment, with all its keys. */
export function madeNow(document: ValueMap, map: ValueMap, copies = historyOf(document).copies): void {
  const { moments, followed } = historyOf(document)
  moments.set(map, [{ copies, kind: 'keys', count: 0 }])
  followed.delete(map)
}

/** Removes a member; the map remembers where it was, since its place stays taken in Python's order. */
export function removeMember(document: ValueMap, map: ValueMap, key: string): void {
  const { copies } = historyOf(document)
  happens(document, map, { copies, kind: 'removed', key, index: Object.keys(map).indexOf(key) })
  delete map[key]
  beforeChange(document, map)
}

/** `dict.update` with keys that the map has already: it only makes room. */
export function madeRoom(map: ValueMap, keys: number): void {
  happens(map, map, { copies: historyOf(map).copies, kind: 'room', keys })
  beforeChange(map, map)
}

/** `dict.copy`, which AWS does where definitions are merged. */
export function copiedShallowly(document: ValueMap, map: ValueMap): void {
  happens(document, map, { copies: historyOf(document).copies, kind: 'shallow-copy' })
  beforeChange(document, map)
}

/** All keys that are there have come before. */
function happens(document: ValueMap, map: ValueMap, moment: Moment): void {
  beforeChange(document, map)
  momentsOf(document, map).push(moment)
}

function momentsOf(document: ValueMap, map: ValueMap): Moment[] {
  const { moments } = historyOf(document)
  const known = moments.get(map) ?? []
  moments.set(map, known)
  return known
}
