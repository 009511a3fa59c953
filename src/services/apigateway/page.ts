import { badRequest } from './refusals.ts'

/** What list operations take: how many at most, and where the page before ended. */
export interface PageRequest {
  readonly position?: string | undefined
  readonly limit?: number | undefined
}

const DEFAULT_LIMIT = 25
const MAX_LIMIT = 500

/** One page of a list, and the position of the next where there is more. `keyOf` names an item for as long as it exists. */
export function page<T>(
  items: readonly T[],
  { position, limit = DEFAULT_LIMIT }: PageRequest,
  keyOf: (item: T) => string | undefined,
): { items: readonly T[]; position?: string } {
  const from = position === undefined ? 0 : items.findIndex((item) => keyOf(item) === position)
  // unverified: the words.
  if (from < 0) throw badRequest('Invalid position parameter specified.')
  const to = from + Math.min(Math.max(limit, 1), MAX_LIMIT)
  const next = items[to]
  return { items: items.slice(from, to), ...(next !== undefined && { position: keyOf(next) ?? '' }) }
}
