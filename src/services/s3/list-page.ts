/** What of a bucket is asked for. */
export interface ListQuery {
  readonly prefix?: string | undefined
  readonly delimiter?: string | undefined
  /** Only what comes after this key or common prefix. */
  readonly after?: string | undefined
  readonly limit: number
}

export interface ListPage {
  readonly keys: readonly string[]
  readonly commonPrefixes: readonly string[]
  /** The last key or common prefix of the page, where there is more. */
  readonly next?: string
}

/**
 * One page of `keys`, which are in order. Keys that share what follows the prefix up to the delimiter are one entry, a common
 * prefix; keys and common prefixes count alike.
 */
export function listPage(keys: readonly string[], { prefix = '', delimiter = '', after = '', limit }: ListQuery): ListPage {
  const page = { keys: [] as string[], commonPrefixes: [] as string[] }
  let last = after
  for (const key of keys) {
    if (!key.startsWith(prefix) || inOrder(key, after) <= 0) continue
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length)
    const entry = end < 0 ? key : key.slice(0, end + delimiter.length)
    const isCommon = end >= 0
    if (isCommon && entry === last) continue
    if (page.keys.length + page.commonPrefixes.length === limit) return limit === 0 ? page : { ...page, next: last }
    if (isCommon) page.commonPrefixes.push(entry)
    else page.keys.push(entry)
    last = entry
  }
  return page
}

/** S3 orders keys by their UTF-8 bytes, which JavaScript's own order is only below U+10000. */
export function inOrder(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other))
}

/** A key as `encoding-type=url` answers it: blanks are plus signs, slashes stay. */
export function urlEncoded(key: string): string {
  return encodeURIComponent(key)
    .replaceAll('%20', '+')
    .replaceAll('%2F', '/')
    .replace(/[!'()]/g, percent)
}

function percent(letter: string): string {
  return `%${letter.charCodeAt(0).toString(16).toUpperCase()}`
}
