import type { Source } from '#core/aws/reason.ts'
import type { Scope } from '#core/aws/scope.ts'
import { type Cidr, parseAddress, parseCidr } from '#core/net/cidr.ts'
import type * as net from '#core/net/network.ts'
import { DYNAMODB_ADDRESS, S3_ADDRESS } from '#core/net/public-addresses.ts'
import type { Entry, Records } from '#kit/records.ts'
import { nameServersOf } from './dhcp-options.ts'
import {
  type Kind,
  NAT_GATEWAY,
  NETWORK_ACL,
  NETWORK_INTERFACE,
  ROUTE_TABLE,
  SECURITY_GROUP,
  SUBNET,
  VPC,
  VPC_PEERING,
} from './kinds.ts'
import { defaultAclOf } from './network-acls.ts'
import { prefixListIdOf } from './prefix-lists.ts'
import type {
  Ec2Resource,
  NetworkAcl,
  NetworkAclEntry,
  NetworkInterface,
  Peer,
  Route,
  RouteTable,
  SecurityGroup,
  SecurityGroupRule,
  Subnet,
  Vpc,
  VpcPeering,
} from './records.ts'
import { leadsSomewhere } from './route-targets.ts'

/** Where interface endpoints answer: they speak TLS, and nothing else. */
const ENDPOINT_PORTS = [443]

/** The networks of every account in the region, as they are now. */
export function readNetwork({ records }: { readonly records: Records }, region: string): net.Network {
  const all = <T extends Ec2Resource>(kind: Kind<T>): readonly Entry<T>[] =>
    records.all(kind.table).filter(({ scope }) => scope.region === region)
  const values = <T extends Ec2Resource>(kind: Kind<T>) => all(kind).map(({ value }) => value)
  const tables = values(ROUTE_TABLE)
  return {
    region,
    vpcs: byId(all(VPC).map(({ scope, value }) => vpcOf(value, scope, { records }))),
    subnets: byId(all(SUBNET).map(({ value }) => subnetOf(value, tables, values(VPC)))),
    routeTables: byId(all(ROUTE_TABLE).map(({ scope, value }) => routeTableOf(scope, value, { records }))),
    networkAcls: byId([...values(VPC).map(defaultAclOf), ...values(NETWORK_ACL)].map(aclOf)),
    securityGroups: byId(values(SECURITY_GROUP).map(groupOf)),
    prefixLists: new Map(
      Object.entries(GATEWAY_SERVICES).map(([name, address]) => listOf(`com.amazonaws.${region}.${name}`, address)),
    ),
    peerings: byId(values(VPC_PEERING).map(peeringOf)),
    natGateways: byId(values(NAT_GATEWAY).filter(({ state }) => state === 'available')),
    // A NAT gateway's own interface answers nobody, as if it were not there.
    interfaces: values(NETWORK_INTERFACE)
      .filter(({ natGatewayId }) => natGatewayId === undefined)
      .map(interfaceOf),
  }
}

/** Services that gateway endpoints lead to, and where these are. */
const GATEWAY_SERVICES = { s3: S3_ADDRESS, dynamodb: DYNAMODB_ADDRESS }

function listOf(serviceName: string, address: string): [id: string, blocks: readonly Cidr[]] {
  return [prefixListIdOf(serviceName), [blockOf(`${address}/32`)]]
}

function vpcOf(vpc: Vpc, scope: Scope, ports: { readonly records: Records }): net.Vpc {
  const { id, cidrBlock, dnsSupport, dnsHostnames } = vpc
  const nameServers = nameServersOf(scope, vpc, ports)
  return {
    id,
    account: scope.account,
    cidrs: [blockOf(cidrBlock)],
    dnsSupport,
    dnsHostnames,
    ...(nameServers && { nameServers }),
  }
}

/** A subnet without a route table of its own has its VPC's main one. */
function subnetOf(subnet: Subnet, tables: readonly RouteTable[], vpcs: readonly Vpc[]): net.Subnet {
  const { id, vpcId, cidrBlock, zone } = subnet
  const own = tables.find(({ associations }) => associations.some(({ subnetId }) => subnetId === id))
  const main = tables.find((table) => table.vpcId === vpcId && table.associations.some((association) => association.main))
  const table = own ?? main
  const vpc = vpcs.find((one) => one.id === vpcId)
  if (!table || !vpc) throw new Error(`${id} is in ${vpcId}, which has no main route table`)
  const { networkAclId = vpc.networkAclId } = subnet
  return { id, vpcId, cidr: blockOf(cidrBlock), zone, routeTableId: table.id, networkAclId }
}

function routeTableOf(scope: Scope, { id, vpcId, routes }: RouteTable, ports: { readonly records: Records }): net.RouteTable {
  return { id, routes: routes.flatMap((route) => routeOf(route, targetOf(scope, vpcId, route.gatewayId, ports))) }
}

/** Routes for IPv6 are left out: nothing here has an address of it. */
function routeOf({ destination, source }: Route, target: net.RouteTarget): net.Route[] {
  if (destination.startsWith('pl-')) return [{ destination: { prefixListId: destination }, target, ...at(source) }]
  const block = parseCidr(destination)
  return block ? [{ destination: block, target, ...at(source) }] : []
}

function targetOf(scope: Scope, vpcId: string, id: string, ports: { readonly records: Records }): net.RouteTarget {
  if (id === 'local') return { kind: 'local' }
  // Who meets a connection that waits for its acceptance, or was rejected, is told so.
  const waits = ['pending-acceptance', 'rejected'].includes(ports.records.get(VPC_PEERING.table, scope, id)?.state ?? '')
  if (!waits && !leadsSomewhere(scope, vpcId, id, ports)) return { kind: 'blackhole', id }
  return { kind: TARGETS[id.split('-')[0] ?? ''] ?? 'blackhole', id }
}

/** What a target is, by how its id begins. */
const TARGETS: Readonly<Record<string, Exclude<net.RouteTarget['kind'], 'local'>>> = {
  igw: 'internet-gateway',
  nat: 'nat-gateway',
  pcx: 'peering',
  vpce: 'gateway-endpoint',
}

function peeringOf({ id, requester, accepter, state }: VpcPeering): net.Peering {
  return { id, vpcIds: [requester.vpcId, accepter.vpcId], state }
}

/** The last entry is not among them: what none fits is denied all the same. */
function aclOf({ id, entries }: NetworkAcl): net.NetworkAcl {
  return { id, entries: entries.flatMap(entryOf) }
}

/** As with rules of groups, entries for other protocols and for IPv6 are left out. */
function entryOf({ number, egress, protocol, action, cidr, ports, source }: NetworkAclEntry): net.AclEntry[] {
  const shown = protocolOf(protocol)
  const block = parseCidr(cidr)
  if (!shown || !block) return []
  const direction = egress ? 'egress' : 'ingress'
  return [{ number, direction, protocol: shown, ports: ports ?? 'all', cidr: block, action, ...at(source) }]
}

function groupOf({ id, name, rules }: SecurityGroup): net.SecurityGroup {
  return { id, name, rules: rules.flatMap(ruleOf) }
}

/** Rules for other protocols and for IPv6 let nothing through that can be tried here. */
function ruleOf({ direction, protocol, fromPort, toPort, peer, source }: SecurityGroupRule): net.GroupRule[] {
  const shown = protocolOf(protocol)
  const other = peerOf(peer)
  if (!shown || !other) return []
  const ports = fromPort === undefined || toPort === undefined ? 'all' : { from: fromPort, to: toPort }
  return [{ direction, protocol: shown, ports, peer: other, ...at(source) }]
}

function protocolOf(protocol: string): net.Protocol | 'all' | undefined {
  return protocol === '-1' ? 'all' : PROTOCOLS.get(protocol)
}

/** By name, and by the number that a rule may give instead. */
const PROTOCOLS = new Map<string, net.Protocol>([
  ['tcp', 'tcp'],
  ['6', 'tcp'],
  ['udp', 'udp'],
  ['17', 'udp'],
])

function peerOf(peer: Peer): net.GroupRule['peer'] | undefined {
  if (peer.kind === 'group') return { groupId: peer.groupId }
  if (peer.kind === 'prefix-list') return { prefixListId: peer.prefixListId }
  return peer.kind === 'ipv4' ? blockOf(peer.cidr) : undefined
}

/** Nothing listens at an interface that no endpoint has: programs do not run here. */
function interfaceOf({ id, subnetId, address, groupIds, endpointId }: NetworkInterface): net.NetworkInterface {
  const number = parseAddress(address)
  if (number === undefined) throw new Error(`${id} has the address ${address}`)
  const own = { id, subnetId, address: number, groupIds }
  return endpointId === undefined ? { ...own, listensOn: [] } : { ...own, endpointId, listensOn: ENDPOINT_PORTS }
}

/** Blocks were checked when they were written. */
function blockOf(text: string): Cidr {
  const block = parseCidr(text)
  if (!block) throw new Error(`${text} is no block of addresses`)
  return block
}

const at = (source: Source | undefined) => (source ? { source } : {})

const byId = <T extends { readonly id: string }>(things: readonly T[]) => new Map(things.map((thing) => [thing.id, thing]))
