import { type Cidr, sizeOf } from './cidr.ts'
import type { GroupRule, Network, NetworkInterface, Protocol, RouteTable, Subnet, Vantage, Vpc } from './network.ts'
import { PRIVATE_BLOCKS } from './outside.ts'
import { the } from './places.ts'
import { inOrder, portCuts } from './port-cuts.ts'
import { resolverAddressesOf } from './resolver-address.ts'

/**
 * The parts of a network that can make a difference to one vantage, and where: between two cuts, nothing changes. More cuts than needed
 * cost time; one too few would be a mistake.
 */
export interface Scope {
  /** The vantage's own VPC, whose resolver it may ask. */
  readonly vpc: Vpc | undefined
  readonly interfaces: readonly NetworkInterface[]
  /** The addresses at which something may begin to be otherwise. */
  readonly addressCuts: ReadonlySet<number>
  /** The ports at which something may begin to be otherwise, for this address, in order from the first port on. */
  portCuts(address: number, protocol: Protocol): readonly number[]
}

export function scopeOf(network: Network, vantage: Vantage): Scope {
  const vpcs = vpcsSeenBy(network, vantage)
  const vpcIds = new Set(vpcs.map(({ id }) => id))
  const subnets = [...network.subnets.values()].filter(({ vpcId }) => vpcIds.has(vpcId))
  const interfaces = network.interfaces.filter(({ subnetId }) => vpcIds.has(the(network.subnets, subnetId).vpcId))
  const own = vantage.kind === 'subnet' ? vpcs[0] : undefined
  const outgoing = vantage.kind === 'subnet' ? rulesOf(network, vantage.groupIds) : []
  const entries = subnets.flatMap(({ networkAclId }) => network.networkAcls.get(networkAclId)?.entries ?? [])
  const blocks = [
    ...PRIVATE_BLOCKS,
    ...vpcs.flatMap(({ cidrs }) => cidrs),
    ...subnets.map(({ cidr }) => cidr),
    ...routesOf(network, subnets).flatMap(({ routes }) => routes.flatMap(({ destination }) => blocksIn(network, destination))),
    ...entries.map(({ cidr }) => cidr),
    ...outgoing.flatMap(({ peer }) => blocksIn(network, peer)),
  ]
  const points = [...interfaces.map(({ address }) => address), ...(own ? resolverAddressesOf(own) : [])]
  const everywhere = { tcp: portCuts([...outgoing, ...entries], 'tcp'), udp: portCuts([...outgoing, ...entries], 'udp') }
  const here = pointCuts(network, interfaces, own)
  return {
    vpc: own,
    interfaces,
    addressCuts: new Set([
      ...blocks.flatMap(({ base, prefix }) => [base, base + sizeOf(prefix)]),
      ...points.flatMap((address) => [address, address + 1]),
    ]),
    portCuts: (address, protocol) => inOrder(everywhere[protocol], here(address, protocol)),
  }
}

/** The vantage's own first, then those that a peering connection joins to it. */
function vpcsSeenBy(network: Network, vantage: Vantage): readonly Vpc[] {
  if (vantage.kind === 'internet') return []
  const own = vantage.kind === 'subnet' ? the(network.subnets, vantage.subnetId).vpcId : vantage.vpcId
  const peers = [...network.peerings.values()].filter(({ vpcIds }) => vpcIds.includes(own)).flatMap(({ vpcIds }) => vpcIds)
  return [...new Set([own, ...peers])].map((id) => the(network.vpcs, id))
}

function routesOf(network: Network, subnets: readonly Subnet[]): readonly RouteTable[] {
  return [...new Set(subnets.map(({ routeTableId }) => routeTableId))].flatMap((id) => network.routeTables.get(id) ?? [])
}

function rulesOf(network: Network, groupIds: readonly string[]): readonly GroupRule[] {
  return groupIds.flatMap((id) => network.securityGroups.get(id)?.rules ?? [])
}

function blocksIn(network: Network, peer: GroupRule['peer']): readonly Cidr[] {
  if ('prefixListId' in peer) return network.prefixLists.get(peer.prefixListId) ?? []
  // A group's members are interfaces, and each of these is a point of its own anyhow.
  return 'groupId' in peer ? [] : [peer]
}

/** What only one address has: the rules of an interface's groups, and the resolver's port. */
function pointCuts(network: Network, interfaces: readonly NetworkInterface[], own: Vpc | undefined) {
  const groups = new Map<number, readonly string[]>()
  for (const { address, groupIds } of interfaces) groups.set(address, [...(groups.get(address) ?? []), ...groupIds])
  const resolvers = new Set(own ? resolverAddressesOf(own) : [])
  return (address: number, protocol: Protocol): Iterable<number> => [
    ...portCuts(rulesOf(network, groups.get(address) ?? []), protocol),
    ...(resolvers.has(address) ? [53, 54] : []),
  ]
}
