import { formatAddress } from './cidr.ts'
import { ending, type Gate, passing } from './gate.ts'
import type { Network, NetworkInterface, Route, Subnet, Vpc } from './network.ts'
import { checkAcl } from './network-acls.ts'
import { interfaceAt, subnetAt, the } from './places.ts'
import { routeEvidence, routeTo, shownRoute } from './routes.ts'
import type { Connection } from './rule-fits.ts'
import { checkGroups } from './security-groups.ts'

/** Inside one VPC, where the local route leads both there and back. */
export function* within(
  network: Network,
  vpc: Vpc,
  from: Subnet | undefined,
  groupIds: readonly string[],
  connection: Connection,
): Generator<Gate> {
  const there = interfaceAt(network, vpc.id, connection.to)
  const subnet = there ? the(network.subnets, there.subnetId) : subnetAt(network, vpc.id, connection.to)
  // Inside one subnet, packets do not cross its edge, and an ACL is the edge's.
  if (from && from.id !== subnet?.id) yield* checkAcl(network, from, 'egress', connection)
  if (subnet && from?.id !== subnet.id) yield* checkAcl(network, subnet, 'ingress', connection)
  yield* atInterface(network, there, groupIds, connection)
}

export function* atInterface(
  network: Network,
  there: NetworkInterface | undefined,
  groupIds: readonly string[],
  connection: Connection,
): Generator<Gate> {
  const at = formatAddress(connection.to)
  if (!there) return yield ending('timeout', 'reach/nobody-there', `no network interface has the address ${at}`)
  yield checkGroups(network, there.groupIds, 'ingress', { address: connection.from, groupIds }, connection)
  const who = there.endpointId ? `endpoint \`${there.endpointId}\` (${there.id})` : `\`${there.id}\``
  if (connection.protocol === 'tcp' && there.listensOn.includes(connection.port)) {
    return yield passing('reach/listens', `${who} answers at ${at}:${connection.port}`)
  }
  const open = there.listensOn.map((port) => `tcp ${port}`).join(', ') || 'nothing'
  yield ending('refused', 'reach/nothing-listens', `${who} has no ${connection.protocol} ${connection.port} (open: ${open})`)
}

/** Answers take the route of the subnet that they come from: without one, the client hears nothing. */
export function wayBack(network: Network, far: Subnet, to: number, leadsBack: (route: Route) => boolean): Gate {
  const route = routeTo(network, far, to)
  if (route && leadsBack(route)) {
    return passing('reach/route', `answers leave \`${far.id}\` by ${shownRoute(route)}`, routeEvidence(route))
  }
  const back = formatAddress(to)
  return ending(
    'timeout',
    'reach/no-way-back',
    `route table \`${far.routeTableId}\` of \`${far.id}\` has no route that leads back to ${back}`,
    [`add a route to \`${far.routeTableId}\` that covers ${back}`],
  )
}
