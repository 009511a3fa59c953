import { AwsError } from '#core/aws/aws-error.ts'
import type { StoredLogEvent } from '#kit/ports.ts'

/** A page from where the page before ended; the token is the place. */
export function page<T>(
  all: readonly T[],
  token: string | undefined,
  limit: number,
): { items: readonly T[]; nextToken?: string } {
  const from = token === undefined ? 0 : Number(Buffer.from(token, 'base64url').toString())
  if (!Number.isSafeInteger(from) || from < 0) throw invalidToken()
  const end = from + limit
  const items = all.slice(from, end)
  return end < all.length ? { items, nextToken: Buffer.from(String(end)).toString('base64url') } : { items }
}

/** A place between two events, which stays the same when events are added. */
export interface Cursor {
  readonly timestamp: number
  readonly id: string
}

export const cursorOf = ({ timestamp, id }: StoredLogEvent): string => `${timestamp}.${id}`

export function readCursor(text: string): Cursor {
  const [, timestamp, id] = /^(\d+)\.(\w+)$/.exec(text) ?? []
  if (timestamp === undefined || id === undefined) throw invalidToken()
  return { timestamp: Number(timestamp), id }
}

/** Below zero where the event lies before the cursor, zero where it is the cursor's own. */
export function compareTo({ timestamp, id }: StoredLogEvent, cursor: Cursor): number {
  return timestamp - cursor.timestamp || (id < cursor.id ? -1 : id > cursor.id ? 1 : 0)
}

function invalidToken(): AwsError {
  return new AwsError('InvalidParameterException', 'The specified nextToken is invalid.')
}
