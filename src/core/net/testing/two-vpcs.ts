import { type Cidr, parseAddress, parseCidr } from '../cidr.ts'
import type { AclEntry, GroupRule, Network, Route, RouteTarget, SecurityGroup, Subnet, Vpc } from '../network.ts'

/*
 * Two VPCs as a team has them: `vpc-app` with an interface endpoint and clients, `vpc-other` peered with it. Cases change one thing.
 */

export const cidr = (text: string): Cidr => parseCidr(text) ?? never(text)
export const address = (text: string): number => parseAddress(text) ?? never(text)

function never(text: string): never {
  throw new Error(`${text} is no address`)
}

export const ENDPOINT = '10.0.1.20'
export const PEER_HOST = '10.1.1.30'

export const route = (destination: string, target: RouteTarget): Route => ({
  destination: destination.startsWith('pl-') ? { prefixListId: destination } : cidr(destination),
  target,
})

/** `ingress tcp 443 10.0.0.0/16`, `egress all sg-client`. */
export function rule(text: string): GroupRule {
  const [direction, protocol, ...rest] = text.split(' ')
  const peer = rest.at(-1) ?? never(text)
  const [from = '', to = from] = rest.length > 1 ? rest[0]!.split('-') : []
  return {
    direction: direction as GroupRule['direction'],
    protocol: protocol as GroupRule['protocol'],
    ports: rest.length > 1 ? { from: Number(from), to: Number(to) } : 'all',
    peer: peer.startsWith('sg-') ? { groupId: peer } : peer.startsWith('pl-') ? { prefixListId: peer } : cidr(peer),
  }
}

/** `100 ingress allow tcp 443 10.0.0.0/16`. */
export function entry(text: string): AclEntry {
  const [number, direction, action, ...rest] = text.split(' ')
  const { protocol, ports, peer } = rule([direction, ...rest].join(' '))
  return {
    number: Number(number),
    direction: direction as AclEntry['direction'],
    action: action as AclEntry['action'],
    protocol,
    ports,
    cidr: peer as Cidr,
  }
}

const group = (id: string, ...rules: string[]): SecurityGroup => ({ id, name: id, rules: rules.map(rule) })
const byId = <T extends { readonly id: string }>(...things: T[]) => new Map(things.map((thing) => [thing.id, thing]))

const vpc = (id: string, account: string, block: string): Vpc => ({
  id,
  account,
  cidrs: [cidr(block)],
  dnsSupport: true,
  dnsHostnames: true,
})

const subnet = (id: string, vpcId: string, block: string, routeTableId: string): Subnet => ({
  id,
  vpcId,
  cidr: cidr(block),
  zone: 'eu-central-1a',
  routeTableId,
  networkAclId: 'acl-default',
})

const local = (block: string) => route(block, { kind: 'local' })
const peering: RouteTarget = { kind: 'peering', id: 'pcx-1' }

export const network: Network = {
  region: 'eu-central-1',
  vpcs: byId(vpc('vpc-app', '111111111111', '10.0.0.0/16'), vpc('vpc-other', '222222222222', '10.1.0.0/16')),
  subnets: byId(
    subnet('subnet-private', 'vpc-app', '10.0.1.0/24', 'rtb-private'),
    subnet('subnet-clients', 'vpc-app', '10.0.2.0/24', 'rtb-private'),
    subnet('subnet-public', 'vpc-app', '10.0.9.0/24', 'rtb-public'),
    subnet('subnet-other', 'vpc-other', '10.1.1.0/24', 'rtb-other'),
  ),
  routeTables: byId(
    {
      id: 'rtb-private',
      routes: [
        local('10.0.0.0/16'),
        route('10.1.0.0/16', peering),
        route('0.0.0.0/0', { kind: 'nat-gateway', id: 'nat-1' }),
        route('pl-s3', { kind: 'gateway-endpoint', id: 'vpce-s3' }),
        route('192.168.0.0/16', { kind: 'vpn-gateway', id: 'vgw-1' }),
      ],
    },
    { id: 'rtb-public', routes: [local('10.0.0.0/16'), route('0.0.0.0/0', { kind: 'internet-gateway', id: 'igw-1' })] },
    { id: 'rtb-other', routes: [local('10.1.0.0/16'), route('10.0.0.0/16', peering)] },
  ),
  networkAcls: byId({
    id: 'acl-default',
    entries: [entry('100 ingress allow all 0.0.0.0/0'), entry('100 egress allow all 0.0.0.0/0')],
  }),
  securityGroups: byId(
    group('sg-endpoint', 'ingress tcp 443 10.0.0.0/16', 'ingress tcp 80 sg-client', 'ingress tcp 443 10.1.0.0/16'),
    group('sg-client', 'egress all 0.0.0.0/0'),
    group('sg-closed'),
    group('sg-host', 'ingress tcp 22-8080 sg-client', 'egress all 0.0.0.0/0'),
  ),
  prefixLists: new Map([['pl-s3', [cidr('52.219.0.0/16')]]]),
  peerings: byId({ id: 'pcx-1', vpcIds: ['vpc-app', 'vpc-other'], state: 'active' }),
  natGateways: byId({ id: 'nat-1', subnetId: 'subnet-public', connectivity: 'public' }),
  interfaces: [
    {
      id: 'eni-endpoint',
      subnetId: 'subnet-private',
      address: address(ENDPOINT),
      groupIds: ['sg-endpoint'],
      endpointId: 'vpce-1',
      listensOn: [443],
    },
    { id: 'eni-host', subnetId: 'subnet-other', address: address(PEER_HOST), groupIds: ['sg-host'], listensOn: [8080] },
  ],
}

/** The network with one thing of one kind in place of another of the same id. */
export function having<
  K extends 'vpcs' | 'subnets' | 'routeTables' | 'networkAcls' | 'securityGroups' | 'peerings' | 'natGateways',
>(kind: K, id: string, change: Partial<Network[K] extends ReadonlyMap<string, infer T> ? T : never>): Network {
  const things = new Map<string, unknown>(network[kind])
  things.set(id, { ...(things.get(id) as object), ...change })
  return { ...network, [kind]: things }
}
