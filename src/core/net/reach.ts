import type { Reason } from '../aws/reason.ts'
import { formatAddress } from './cidr.ts'
import { ending, type Gate, type Outcome } from './gate.ts'
import { atInterface, wayBack, within } from './inside.ts'
import type { Network, NetworkInterface, Peering, Protocol, Route, Subnet, Vantage, Vpc } from './network.ts'
import { checkAcl } from './network-acls.ts'
import { atGatewayEndpoint, noPublicAddress, onInternet } from './outside.ts'
import { interfaceAt, subnetAt, the } from './places.ts'
import { isResolverOf, resolverGate } from './resolver-address.ts'
import { noRoute, routeGate, routeTo, shownRoute } from './routes.ts'
import { type Connection, holds } from './rule-fits.ts'
import { checkGroups } from './security-groups.ts'

/** Whether a connection comes about, and what decided that. */
export interface Reach {
  readonly outcome: Outcome
  /** What ended it; where it is open, what answers. */
  readonly because: Reason
  /** What it passed before, in order. */
  readonly passed: readonly Reason[]
  /** The smallest changes that would let it through, each enough by itself. */
  readonly mend: readonly string[]
}

/** Whether somebody at the vantage can open a connection to the address and port. */
export function reach(network: Network, vantage: Vantage, to: number, port: number, protocol: Protocol = 'tcp'): Reach {
  const passed: Reason[] = []
  for (const gate of gatesTo(network, vantage, { to, port, protocol })) {
    if (!gate.passed) return { outcome: gate.outcome, because: gate.because, passed, mend: gate.mend }
    passed.push(gate.because)
  }
  const because = passed.pop()
  if (!because) throw new Error('a way without a gate')
  return { outcome: 'open', because, passed, mend: [] }
}

type Target = Omit<Connection, 'from'>

function gatesTo(network: Network, vantage: Vantage, target: Target): Iterable<Gate> {
  if (vantage.kind === 'internet') return [onInternet(target.to)]
  if (vantage.kind === 'on-premises') return fromOnPremises(network, vantage, target)
  return fromSubnet(network, vantage, target)
}

type InSubnet = Extract<Vantage, { kind: 'subnet' }>
type OnPremises = Extract<Vantage, { kind: 'on-premises' }>

function* fromSubnet(network: Network, vantage: InSubnet, target: Target): Generator<Gate> {
  const subnet = the(network.subnets, vantage.subnetId)
  const vpc = the(network.vpcs, subnet.vpcId)
  if (isResolverOf(vpc, target)) return yield resolverGate(vpc, target.to)
  const connection = { ...target, from: vantage.address }
  const route = routeTo(network, subnet, target.to)
  const there = route && interfaceBehind(network, vpc, route, target.to)
  yield checkGroups(network, vantage.groupIds, 'egress', { address: target.to, groupIds: there?.groupIds ?? [] }, connection)
  if (!route) return yield noRoute(subnet, target.to)
  yield routeGate(subnet, route)
  yield* alongRoute(network, vantage, subnet, vpc, route, connection)
}

/** From where the packets leave the subnet to who answers. */
function* alongRoute(
  network: Network,
  vantage: InSubnet,
  subnet: Subnet,
  vpc: Vpc,
  route: Route,
  connection: Connection,
): Generator<Gate> {
  const { target } = route
  switch (target.kind) {
    case 'local':
      return yield* within(network, vpc, subnet, vantage.groupIds, connection)
    case 'peering':
      return yield* throughPeering(network, vantage, vpc, subnet, the(network.peerings, target.id), connection)
    case 'internet-gateway':
      yield* checkAcl(network, subnet, 'egress', connection)
      if (!vantage.public) yield noPublicAddress(subnet)
      return yield onInternet(connection.to)
    case 'nat-gateway':
      return yield* throughNat(network, subnet, target.id, connection)
    case 'gateway-endpoint':
      yield* checkAcl(network, subnet, 'egress', connection)
      return yield atGatewayEndpoint(network, route, connection)
    case 'vpn-gateway':
      yield* checkAcl(network, subnet, 'egress', connection)
      return yield ending('timeout', 'reach/on-premises', `\`${target.id}\` leads to a network that Postern does not know`)
    case 'blackhole':
      return yield ending('unreachable', 'reach/blackhole', `the route ${shownRoute(route)} leads to something that is gone`, [
        `replace the route's target \`${target.id}\``,
      ])
  }
}

function* throughPeering(
  network: Network,
  vantage: InSubnet,
  vpc: Vpc,
  subnet: Subnet,
  peering: Peering,
  connection: Connection,
): Generator<Gate> {
  if (peering.state !== 'active') {
    return yield ending('unreachable', 'reach/peering-inactive', `peering connection \`${peering.id}\` is ${peering.state}`)
  }
  yield* checkAcl(network, subnet, 'egress', connection)
  const peer = the(network.vpcs, otherSide(peering, vpc.id))
  if (!peer.cidrs.some((cidr) => holds(cidr, connection.to))) {
    const text = `${formatAddress(connection.to)} is not in \`${peer.id}\`, which \`${peering.id}\` leads to and no further`
    return yield ending('unreachable', 'reach/beyond-peering', text)
  }
  const far = subnetAt(network, peer.id, connection.to)
  if (far) {
    yield* checkAcl(network, far, 'ingress', connection)
    yield wayBack(network, far, connection.from, (route) => route.target.kind === 'peering' && route.target.id === peering.id)
  }
  yield* atInterface(network, interfaceAt(network, peer.id, connection.to), vantage.groupIds, connection)
}

function* throughNat(network: Network, subnet: Subnet, natId: string, connection: Connection): Generator<Gate> {
  const nat = the(network.natGateways, natId)
  const outside = the(network.subnets, nat.subnetId)
  yield* checkAcl(network, subnet, 'egress', connection)
  yield* checkAcl(network, outside, 'egress', connection)
  const onward = routeTo(network, outside, connection.to)
  if (nat.connectivity === 'private' || onward?.target.kind !== 'internet-gateway') {
    const text = `NAT gateway \`${natId}\` in \`${outside.id}\` has no internet gateway behind it`
    return yield ending('timeout', 'reach/nat-without-internet', text, [
      `put \`${natId}\` into a subnet whose route table has a route 0.0.0.0/0 to an internet gateway`,
    ])
  }
  yield onInternet(connection.to)
}

function* fromOnPremises(network: Network, vantage: OnPremises, target: Target): Generator<Gate> {
  const vpc = the(network.vpcs, vantage.vpcId)
  const connection = { ...target, from: vantage.address }
  if (!vpc.cidrs.some((cidr) => holds(cidr, target.to))) return yield onInternet(target.to)
  const far = subnetAt(network, vpc.id, target.to)
  if (far) {
    yield* checkAcl(network, far, 'ingress', connection)
    yield wayBack(network, far, vantage.address, (route) => route.target.kind === 'vpn-gateway')
  }
  yield* atInterface(network, interfaceAt(network, vpc.id, target.to), [], connection)
}

function interfaceBehind(network: Network, vpc: Vpc, { target }: Route, to: number): NetworkInterface | undefined {
  if (target.kind === 'local') return interfaceAt(network, vpc.id, to)
  if (target.kind !== 'peering') return undefined
  return interfaceAt(network, otherSide(the(network.peerings, target.id), vpc.id), to)
}

function otherSide({ vpcIds: [requester, accepter] }: Peering, vpcId: string): string {
  return requester === vpcId ? accepter : requester
}
