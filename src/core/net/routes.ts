import { formatAddress } from './cidr.ts'
import { ending, evidence, type Gate, passing } from './gate.ts'
import type { Network, Route, Subnet } from './network.ts'
import { holds, textOf } from './rule-fits.ts'

/**
 * The route that carries packets from this subnet to the address: the most specific, and of equals the one that was written over
 * the one of a prefix list.
 * https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html
 */
export function routeTo(network: Network, subnet: Subnet, address: number): Route | undefined {
  const routes = network.routeTables.get(subnet.routeTableId)?.routes ?? []
  let best: Route | undefined
  let longest = -1
  for (const route of routes) {
    const prefix = prefixFor(network, route, address)
    if (prefix <= longest) continue
    best = route
    longest = prefix
  }
  return best
}

/** How specific the route is for the address; -1 where it does not cover it. */
function prefixFor(network: Network, { destination }: Route, address: number): number {
  if (!('prefixListId' in destination)) return holds(destination, address) ? destination.prefix : -1
  const fitting = (network.prefixLists.get(destination.prefixListId) ?? []).filter((cidr) => holds(cidr, address))
  // Half a bit less: a written route of the same length wins.
  return Math.max(-1, ...fitting.map(({ prefix }) => prefix - 0.5))
}

export function noRoute({ id, routeTableId }: Subnet, address: number): Gate {
  const to = formatAddress(address)
  return ending('unreachable', 'reach/no-route', `route table \`${routeTableId}\` of \`${id}\` has no route to ${to}`, [
    `add a route to \`${routeTableId}\` that covers ${to}`,
  ])
}

export function routeGate({ routeTableId }: Subnet, route: Route): Gate {
  return passing('reach/route', `route table \`${routeTableId}\`: ${shownRoute(route)}`, routeEvidence(route))
}

export function routeEvidence(route: Route) {
  return [evidence('route', shownRoute(route), route.source)]
}

export function shownRoute({ destination, target }: Route): string {
  const to = 'prefixListId' in destination ? destination.prefixListId : textOf(destination)
  return `${to} → ${target.kind === 'local' ? 'local' : target.id}`
}
