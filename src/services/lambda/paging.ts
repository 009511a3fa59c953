import { invalid } from './names.ts'

/** A page of at most `MaxItems` (50 unless told), from where the page before ended. */
export function page<T>(
  all: readonly T[],
  { Marker, MaxItems = 50 }: { readonly Marker?: string | undefined; readonly MaxItems?: number | undefined },
): { readonly items: readonly T[]; readonly NextMarker?: string } {
  const from = Marker === undefined ? 0 : Number(Buffer.from(Marker, 'base64url').toString())
  if (!Number.isSafeInteger(from) || from < 0) throw invalid('Invalid pagination token')
  const end = from + MaxItems
  const items = all.slice(from, end)
  return end < all.length ? { items, NextMarker: Buffer.from(String(end)).toString('base64url') } : { items }
}
