import { refused } from './stacks.ts'

/** One page of a list, and the token of the next. */
export function page<T>(
  items: readonly T[],
  token: string | undefined,
  size = 100,
): { readonly items: readonly T[]; readonly NextToken?: string } {
  const from = token === undefined ? 0 : offsetOf(token)
  const next = from + size
  return { items: items.slice(from, next), ...(next < items.length && { NextToken: tokenOf(next) }) }
}

export const tokenOf = (offset: number): string => Buffer.from(`from ${offset}`).toString('base64url')

export function offsetOf(token: string): number {
  const match = /^from (\d+)$/.exec(Buffer.from(token, 'base64url').toString())
  // unverified: AWS's own words.
  if (!match) throw refused('NextToken is invalid')
  return Number(match[1])
}
