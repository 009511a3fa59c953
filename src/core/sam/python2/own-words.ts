import type { Value, ValueList, ValueMap } from '../../template/value.ts'

/*
 * AWS's hashes tell the words of a template, `u'…'` in Python 2, from those that SAM itself puts in, `'…'`. Words are taken for the
 * template's unless the map or list that holds them says otherwise, here.
 */

/** What is SAM's own about one member: its key, the text under it. */
interface OwnMember {
  readonly key: boolean
  readonly text: boolean
  /** It came by `dict.update`, which makes room for keys in another way. */
  readonly updated?: boolean
}

interface OwnWords {
  readonly members: Record<string, OwnMember>
  /** A dict of Python 3, which keeps the order in which it was written. */
  readonly ordered?: boolean
}

const OWN: unique symbol = Symbol('postern.sam.own')

interface Marked {
  [OWN]?: OwnWords
}

/** All keys and texts of the node are SAM's own, except the texts of those members. Answers the node. */
export function own<T extends ValueMap | ValueList>(node: T, ...except: (string | number)[]): T {
  const members: OwnWords['members'] = {}
  for (const key of Object.keys(node)) members[key] = { key: true, text: true }
  for (const key of except) members[key] = { key: true, text: false }
  ;(node as Marked)[OWN] = { members }
  return node
}

/** Sets a member whose name is SAM's own, and its text, unless that is said to be the template's. */
export function setOwn(map: ValueMap, key: string, value: Value, { text = true, updated = false } = {}): void {
  const marked = map as Marked
  marked[OWN] ??= { members: {} }
  // A dict keeps the key that it had first.
  const isOwn = Object.hasOwn(map, key) ? isOwnKey(map, key) : true
  marked[OWN].members[key] = { key: isOwn, text, updated }
  map[key] = value
}

/** The map keeps the order in which it was written, whatever Python 2 would do. Answers the map. */
export function inWrittenOrder(map: ValueMap): ValueMap {
  const marked = map as Marked
  marked[OWN] = { members: marked[OWN]?.members ?? {}, ordered: true }
  return map
}

/** Gives a copy the words that are SAM's own in the original. Answers the copy. */
export function ownAs<T extends object>(copy: T, original: object): T {
  const words = (original as Marked)[OWN]
  if (words) (copy as Marked)[OWN] = { ...words, members: { ...words.members } }
  return copy
}

export function isOwnKey(map: ValueMap, key: string): boolean {
  return ownMember(map, key)?.key ?? false
}

export function isOwnText(node: ValueMap | ValueList, key: string | number): boolean {
  return ownMember(node, String(key))?.text ?? false
}

export function wasUpdated(map: ValueMap, key: string): boolean {
  return ownMember(map, key)?.updated ?? false
}

export function isInWrittenOrder(map: ValueMap): boolean {
  return (map as Marked)[OWN]?.ordered ?? false
}

function ownMember(node: ValueMap | ValueList, key: string): OwnMember | undefined {
  const members = (node as Marked)[OWN]?.members
  return members && Object.hasOwn(members, key) ? members[key] : undefined
}
