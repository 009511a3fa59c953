/** A request target, taken apart as API Gateway does. Nothing of the path is decoded. */
export interface RequestTarget {
  /** With the stage, as `requestContext.path` shows it. */
  readonly fullPath: string
  /** The first segment; empty where there is none. */
  readonly stageName: string
  /** Without the stage; `/` at least. */
  readonly path: string
  /** What follows the question mark; empty where nothing does. */
  readonly query: string
}

/**
 * Slashes in front of the stage vanish, and in front of the path they do in `path` but not in `fullPath`; slashes further inside and at
 * the end stay. Recorded from AWS.
 */
export function parseTarget(target: string): RequestTarget {
  const hash = target.indexOf('#')
  const whole = hash < 0 ? target : target.slice(0, hash)
  const mark = whole.indexOf('?')
  const fullPath = `/${withoutLeadingSlashes(withoutOrigin(mark < 0 ? whole : whole.slice(0, mark)))}`
  const end = fullPath.indexOf('/', 1)
  return {
    fullPath,
    stageName: end < 0 ? fullPath.slice(1) : fullPath.slice(1, end),
    path: end < 0 ? '/' : `/${withoutLeadingSlashes(fullPath.slice(end))}`,
    query: mark < 0 ? '' : whole.slice(mark + 1),
  }
}

/** A proxy's client sends the whole URL as its target. */
function withoutOrigin(target: string): string {
  return target.startsWith('http') ? target.replace(/^https?:\/\/[^/]*/i, '') : target
}

function withoutLeadingSlashes(text: string): string {
  let start = 0
  while (text[start] === '/') start += 1
  return text.slice(start)
}
