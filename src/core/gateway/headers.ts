/** The first value of a header in a raw list, whatever letters it was written in; `name` is lower case. */
export function headerOf(rawHeaders: readonly string[], name: string): string | undefined {
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const written = rawHeaders[index] ?? ''
    if (written.length === name.length && written.toLowerCase() === name) return rawHeaders[index + 1]
  }
  return undefined
}

/** The bytes that API Gateway counts against its limit on headers: names and values. */
export function headerBytes(rawHeaders: readonly string[]): number {
  let count = 0
  for (const text of rawHeaders) count += text.length
  return count
}

/** Headers that API Gateway keeps for itself and does not hand to an integration. Recorded on a regional API. */
export const NOT_FORWARDED: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'content-md5',
  'expect',
  'max-forwards',
  'proxy-authenticate',
  'server',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'www-authenticate',
])

/**
 * Response headers that an integration cannot set: they go out as `x-amzn-Remapped-…`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
export const REMAPPED: ReadonlySet<string> = new Set([
  'authorization',
  'connection',
  'content-length',
  'content-md5',
  'date',
  'expect',
  'host',
  'max-forwards',
  'proxy-authenticate',
  'server',
  'trailer',
  'upgrade',
  'user-agent',
  'www-authenticate',
])

/** Response headers of an integration that are dropped without a trace. */
export const DROPPED: ReadonlySet<string> = new Set(['te', 'transfer-encoding'])
