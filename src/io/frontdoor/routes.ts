import type { ServiceModel } from '#kit/service-model.ts'
import type { WireRequest } from './exchange.ts'
import { decodeLabel } from './protocols/rest.ts'

interface Route {
  readonly name: string
  readonly method: string
  readonly pattern: RegExp
  readonly labels: readonly string[]
  /** Query parameters that must be there, and their value where the model gives one. */
  readonly query: readonly (readonly [string, string])[]
  readonly headers: readonly string[]
  /** How much the route asks for: of those that fit, the one that asks for more is meant. */
  readonly rank: number
}

/** Finds the operation that a method and a path name, after the model. */
export function routeOf(
  model: ServiceModel,
  request: Pick<WireRequest, 'method' | 'path' | 'query' | 'headers'>,
): { name: string; labels: Readonly<Record<string, string>> } | undefined {
  for (const route of routesOf(model)) {
    if (route.method !== request.method) continue
    const match = route.pattern.exec(request.path)
    if (!match || !asks(route, request)) continue
    const labels = route.labels.map((label, index) => [label, decodeLabel(match[index + 1] as string)])
    return { name: route.name, labels: Object.fromEntries(labels) }
  }
  return undefined
}

function asks({ query, headers }: Route, request: Pick<WireRequest, 'query' | 'headers'>): boolean {
  return (
    query.every(([name, value]) => request.query.some(([key, text]) => key === name && (value === '' || text === value))) &&
    headers.every((name) => request.headers[name] !== undefined)
  )
}

const byModel = new WeakMap<ServiceModel, readonly Route[]>()

function routesOf(model: ServiceModel): readonly Route[] {
  const known = byModel.get(model)
  if (known) return known
  const routes = Object.keys(model.operations)
    .map((name) => compile(model, name))
    .sort((a, b) => b.rank - a.rank)
  byModel.set(model, routes)
  return routes
}

function compile(model: ServiceModel, name: string): Route {
  const { http, needs } = model.operations[name] as ServiceModel['operations'][string]
  const [path = '', literal = ''] = http.requestUri.split('?')
  const labels: string[] = []
  const source = path
    .replace(/\/$/, '')
    .replace(/[.*$()]/g, '\\$&')
    .replace(/\{([^}+]+)(\+?)\}/g, (_, label: string, greedy: string) => {
      labels.push(label)
      return greedy ? '(.+)' : '([^/]+)'
    })
  // `x-id` only repeats the operation's name, and only one SDK sends it.
  const literals = [...new URLSearchParams(literal)].filter(([key]) => key !== 'x-id')
  const query = [...literals, ...(needs?.query ?? []).map((key) => [key, ''] as const)]
  const headers = needs?.headers ?? []
  const fixed = path.split('/').filter((part) => part !== '' && !part.startsWith('{')).length
  // Clients write paths with and without a last slash; the last slash of an object's key belongs to the key.
  return {
    name,
    method: http.method,
    pattern: new RegExp(`^${source}/?$`),
    labels,
    query,
    headers,
    rank: fixed * 100 + (labels.length === 0 ? 50 : 0) + query.length + headers.length,
  }
}
