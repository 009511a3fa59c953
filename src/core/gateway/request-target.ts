/** A request target, taken apart as API Gateway does. Nothing of the path is decoded. */
export interface RequestTarget {
  /** With the stage, as `requestContext.path` shows it. */
  readonly fullPath: string
  /** The first segment; empty where there is none. */
  readonly stageName: string
  /** Without the stage, and below a custom domain name without the base path; `/` at least. */
  readonly path: string
  /** As events show it: without the stage, but with the base path. */
  readonly eventPath: string
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
  const divided = withStage(fullPath)
  return { fullPath, ...divided, eventPath: divided.path, query: mark < 0 ? '' : whole.slice(mark + 1) }
}

/**
 * The same target below a custom domain name: the base path takes the place of the stage, or stands before it where the mapping names
 * none. Events keep the base path in `path`. unverified: what they show where the stage follows the base path.
 */
export function belowBasePath(target: RequestTarget, basePath: string, stageName?: string): RequestTarget {
  const mount = basePath === '' ? '' : `/${basePath}`
  const rest = `/${withoutLeadingSlashes(target.fullPath.slice(mount.length))}`
  if (stageName !== undefined) return { ...target, stageName, path: rest, eventPath: target.fullPath }
  const divided = withStage(rest)
  return { ...target, ...divided, eventPath: mount + divided.path }
}

function withStage(path: string): Pick<RequestTarget, 'stageName' | 'path'> {
  const end = path.indexOf('/', 1)
  return {
    stageName: end < 0 ? path.slice(1) : path.slice(1, end),
    path: end < 0 ? '/' : `/${withoutLeadingSlashes(path.slice(end))}`,
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
