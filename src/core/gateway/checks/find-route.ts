import type { Located, Received, Routed } from '../exchange.ts'
import type { ReasonCode } from '../reason-codes.ts'
import { matchRoute, type RouteNode, routesOf, segmentsOf } from '../route-trie.ts'
import { type Check, deny, pass } from '../verdict.ts'

/** REST APIs answer an unknown path or method with 403 "Missing Authentication Token", never 404. */
export const findRoute: Check<Received & Located, Routed> = {
  name: 'find-route',
  decide({ request, target, stage }) {
    const match = matchRoute(stage.routes, target.path, request.method)
    if (match) return pass({ method: match.route, pathParameters: match.pathParameters }, match.route.because)
    const methods = methodsAt(stage.routes, segmentsOf(target.path), 0)
    const known = methods.size > 0
    const code: ReasonCode = known ? 'find-route/unknown-method' : 'find-route/unknown-path'
    const text = known
      ? `\`${target.path}\` has no method \`${request.method}\`, only ${[...methods].join(', ')}`
      : `no resource of the API matches \`${target.path}\``
    const routes = routesOf(stage.routes).map((route) => `${route.methods.join('|')} ${route.path}`)
    return deny(
      { type: 'MISSING_AUTHENTICATION_TOKEN' },
      { code, text, evidence: [{ what: 'routes', found: routes.join(', ') }] },
      [
        known
          ? `use ${[...methods].join(' or ')}, or add the method and deploy the API again`
          : 'use a path of the API, or add the resource and deploy the API again',
      ],
    )
  },
}

/** The methods of every resource that matches the path. */
function methodsAt(node: RouteNode<unknown>, segments: readonly string[], at: number): ReadonlySet<string> {
  const segment = segments[at]
  if (segment === undefined) return new Set(node.methods.keys())
  const literal = node.literals.get(segment)
  return new Set([
    ...(literal ? methodsAt(literal, segments, at + 1) : []),
    ...(node.parameter && segment !== '' ? methodsAt(node.parameter.node, segments, at + 1) : []),
    ...(node.greedy ? node.greedy.node.methods.keys() : []),
  ])
}
