import { AwsError } from '#core/aws/aws-error.ts'

/** A page of at most `MaxItems` (100 unless told), after the one that `Marker` ended. */
export function page<T>(
  all: readonly T[],
  keyOf: (item: T) => string,
  { Marker, MaxItems = 100 }: { readonly Marker?: string | undefined; readonly MaxItems?: number | undefined },
): { items: readonly T[]; IsTruncated: boolean; Marker?: string } {
  const after = Marker === undefined ? '' : Buffer.from(Marker, 'base64url').toString()
  if (Marker !== undefined && Buffer.from(after).toString('base64url') !== Marker)
    throw new AwsError('ValidationError', 'Invalid Marker.')
  const rest = all.filter((item) => keyOf(item) > after)
  const items = rest.slice(0, MaxItems)
  const last = items.at(-1)
  if (rest.length === items.length || last === undefined) return { items, IsTruncated: false }
  return { items, IsTruncated: true, Marker: Buffer.from(keyOf(last)).toString('base64url') }
}
