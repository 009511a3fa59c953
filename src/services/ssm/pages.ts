import { AwsError } from '#core/aws/aws-error.ts'

/** A page from where the page before ended; the token is the place. */
export function page<T>(
  all: readonly T[],
  { NextToken, MaxResults = 10 }: { readonly NextToken?: string | undefined; readonly MaxResults?: number | undefined },
): { items: readonly T[]; NextToken?: string } {
  const from = NextToken === undefined ? 0 : Number(Buffer.from(NextToken, 'base64url').toString() || Number.NaN)
  if (!Number.isSafeInteger(from) || from < 0) throw new AwsError('InvalidNextToken', 'The specified token is not valid.')
  const end = from + MaxResults
  const items = all.slice(from, end)
  return end < all.length ? { items, NextToken: Buffer.from(String(end)).toString('base64url') } : { items }
}
