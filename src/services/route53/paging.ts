import { invalidInput } from './refusals.ts'

/** How many items a page has: what was asked for, at most `most`. */
export function pageSize(written: string | undefined, most: number): number {
  if (written === undefined) return most
  // unverified: the words.
  if (!/^\d{1,9}$/.test(written) || Number(written) < 1) throw invalidInput(`Invalid value '${written}' for maxitems`)
  return Math.min(Number(written), most)
}

/** One page from `start` on, and what the next one begins with. */
export function pageOf<T>(all: readonly T[], start: number, size: number): { readonly items: readonly T[]; readonly next?: T } {
  const next = all[start + size]
  return { items: all.slice(start, start + size), ...(next !== undefined && { next }) }
}
