import type { Value, ValueList } from '../template/value.ts'
import { json } from './python.ts'

/** Appends a value to a list, unless the list has an equal one, or one of which the part that counts is equal. */
export type AppendOnce = (list: ValueList, value: Value, partOf?: (member: Value) => Value | undefined) => void

/**
 * An `AppendOnce` that knows what it has seen of each list, so that a thousand events on one bucket, or a thousand paths with a
 * resource policy, are a thousand steps. Values that were appended in other ways are seen too. For one list `partOf` is always the
 * same, and nothing is taken out of it.
 */
export function appendOnce(): AppendOnce {
  const known = new WeakMap<ValueList, { upTo: number; readonly texts: Set<string> }>()
  return (list, value, partOf = (member) => member) => {
    const textOf = (member: Value) => json(partOf(member) ?? null)
    const seen = known.get(list) ?? { upTo: 0, texts: new Set() }
    known.set(list, seen)
    for (; seen.upTo < list.length; seen.upTo += 1) seen.texts.add(textOf(list[seen.upTo]!))
    if (!seen.texts.has(textOf(value))) list.push(value)
  }
}
