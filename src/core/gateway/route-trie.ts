/** The routes of an API as a tree of path segments; built once, matched without allocation but for the path's parameters. */
export interface RouteNode<Route> {
  readonly literals: Map<string, RouteNode<Route>>
  /** `{name}`: one segment. API Gateway allows one such child. */
  parameter?: { readonly name: string; readonly node: RouteNode<Route> }
  /** `{name+}`: one segment or more. */
  greedy?: { readonly name: string; readonly node: RouteNode<Route> }
  /** By method, `ANY` among them. */
  readonly methods: Map<string, Route>
}

export interface RouteMatch<Route> {
  readonly route: Route
  /** As they stand in the path, percent-encoding kept. */
  readonly pathParameters: Readonly<Record<string, string>> | null
}

export function emptyRoutes<Route>(): RouteNode<Route> {
  return { literals: new Map(), methods: new Map() }
}

/** Adds a route under its resource path, such as `/entities/{id}`. */
export function addRoute<Route>(root: RouteNode<Route>, path: string, method: string, route: Route): void {
  let node = root
  for (const segment of segmentsOf(path)) node = child(node, segment)
  node.methods.set(method, route)
}

function child<Route>(node: RouteNode<Route>, segment: string): RouteNode<Route> {
  const [, name, plus] = /^\{([^}+]+)(\+?)\}$/.exec(segment) ?? []
  if (name === undefined) {
    const found = node.literals.get(segment) ?? emptyRoutes<Route>()
    node.literals.set(segment, found)
    return found
  }
  const kind = plus ? 'greedy' : 'parameter'
  node[kind] ??= { name, node: emptyRoutes() }
  return node[kind].node
}

/**
 * The most specific resource that has the method: a literal segment before `{name}` before `{name+}`, a method before `ANY`. A resource
 * that matches the path but lacks the method does not end the search, as measured on AWS:
 * https://github.com/ministackorg/ministack/pull/1423 and https://github.com/floci-io/floci/pull/3399
 */
export function matchRoute<Route>(root: RouteNode<Route>, path: string, method: string): RouteMatch<Route> | undefined {
  return matchFrom(root, segmentsOf(path), 0, method, [])
}

function matchFrom<Route>(
  node: RouteNode<Route>,
  segments: readonly string[],
  at: number,
  method: string,
  bound: readonly (readonly [string, string])[],
): RouteMatch<Route> | undefined {
  const segment = segments[at]
  if (segment === undefined) {
    const route = node.methods.get(method) ?? node.methods.get('ANY')
    return route && { route, pathParameters: bound.length > 0 ? Object.fromEntries(bound) : null }
  }
  const literal = node.literals.get(segment)
  const found = literal && matchFrom(literal, segments, at + 1, method, bound)
  if (found) return found
  if (segment === '' && at === segments.length - 1) return undefined
  if (node.parameter && segment !== '') {
    const { name, node: next } = node.parameter
    const matched = matchFrom(next, segments, at + 1, method, [...bound, [name, segment]])
    if (matched) return matched
  }
  if (!node.greedy) return undefined
  const { name, node: next } = node.greedy
  return matchFrom(next, [], 0, method, [...bound, [name, segments.slice(at).join('/')]])
}

/** `/a/b` and `/a/b/` are the same route; `/` has no segments. Empty segments inside stay: only `{name+}` takes them. */
export function segmentsOf(path: string): readonly string[] {
  const end = path.length > 1 && path.endsWith('/') ? path.length - 1 : path.length
  const inner = path.slice(path.startsWith('/') ? 1 : 0, end)
  return inner === '' ? [] : inner.split('/')
}

/** Every path of the API and the methods under it, for saying what would have matched. */
export function routesOf<Route>(node: RouteNode<Route>, path = ''): readonly { path: string; methods: readonly string[] }[] {
  const own = node.methods.size > 0 ? [{ path: path || '/', methods: [...node.methods.keys()] }] : []
  const children = [
    ...[...node.literals].map(([segment, next]) => routesOf(next, `${path}/${segment}`)),
    node.parameter ? routesOf(node.parameter.node, `${path}/{${node.parameter.name}}`) : [],
    node.greedy ? routesOf(node.greedy.node, `${path}/{${node.greedy.name}+}`) : [],
  ]
  return [...own, ...children.flat()]
}
