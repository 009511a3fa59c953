/** Whether a media type is among those that an API calls binary, such as `image/png`, `image/*` or the API Gateway spelling `*~1*`. */
export function isBinary(binaryMediaTypes: readonly string[], mediaType: string | undefined): boolean {
  if (binaryMediaTypes.length === 0 || mediaType === undefined) return false
  const actual = bareType(mediaType)
  return binaryMediaTypes.some((written) => {
    const listed = written.replaceAll('~1', '/').toLowerCase()
    if (listed === '*/*' || listed === actual) return true
    return listed.endsWith('/*') && actual.startsWith(listed.slice(0, -1))
  })
}

/** `text/html; charset=utf-8` is `text/html`; of a list, as in `Accept`, the first counts. */
export function bareType(mediaType: string): string {
  const [first = ''] = mediaType.split(/[;,]/, 1)
  return first.trim().toLowerCase()
}
