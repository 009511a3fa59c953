import type { Source } from '../aws/reason.ts'
import type { Cidr } from './cidr.ts'

/**
 * Everything that decides which address answers to whom, of every account in one region: a frozen picture, made from records.
 * IPv4 addresses are numbers of 32 bits, as in `cidr.ts`.
 */
export interface Network {
  readonly region: string
  readonly vpcs: ReadonlyMap<string, Vpc>
  readonly subnets: ReadonlyMap<string, Subnet>
  readonly routeTables: ReadonlyMap<string, RouteTable>
  readonly networkAcls: ReadonlyMap<string, NetworkAcl>
  readonly securityGroups: ReadonlyMap<string, SecurityGroup>
  readonly prefixLists: ReadonlyMap<string, readonly Cidr[]>
  readonly peerings: ReadonlyMap<string, Peering>
  readonly natGateways: ReadonlyMap<string, NatGateway>
  readonly interfaces: readonly NetworkInterface[]
}

export interface Vpc {
  readonly id: string
  readonly account: string
  /** The first is the one that the VPC was made with: its base plus two is the resolver. */
  readonly cidrs: readonly Cidr[]
  readonly dnsSupport: boolean
  readonly dnsHostnames: boolean
  /** Where its DHCP options send names; absent: to the VPC's own resolver. */
  readonly nameServers?: readonly number[]
}

export interface Subnet {
  readonly id: string
  readonly vpcId: string
  readonly cidr: Cidr
  readonly zone: string
  readonly routeTableId: string
  readonly networkAclId: string
}

export interface RouteTable {
  readonly id: string
  readonly routes: readonly Route[]
}

export interface Route {
  readonly destination: Cidr | { readonly prefixListId: string }
  readonly target: RouteTarget
  readonly source?: Source
}

/** What a route leads to. `blackhole`: its target is gone, as `DescribeRouteTables` shows it. */
export type RouteTarget =
  | { readonly kind: 'local' }
  | {
      readonly kind: 'internet-gateway' | 'nat-gateway' | 'peering' | 'gateway-endpoint' | 'vpn-gateway' | 'blackhole'
      readonly id: string
    }

/** Stateless; the entry with the lowest number that fits decides, and none that fits refuses. */
export interface NetworkAcl {
  readonly id: string
  readonly entries: readonly AclEntry[]
}

export interface AclEntry {
  readonly number: number
  readonly direction: Direction
  readonly protocol: Protocol | 'all'
  readonly ports: PortRange | 'all'
  readonly cidr: Cidr
  readonly action: 'allow' | 'deny'
  readonly source?: Source
}

/** Stateful: what was let out is answered, and what was let in may answer. Its rules only allow. */
export interface SecurityGroup {
  readonly id: string
  readonly name: string
  readonly rules: readonly GroupRule[]
}

export interface GroupRule {
  readonly direction: Direction
  readonly protocol: Protocol | 'all'
  readonly ports: PortRange | 'all'
  readonly peer: Cidr | { readonly groupId: string } | { readonly prefixListId: string }
  readonly source?: Source
}

export interface Peering {
  readonly id: string
  readonly vpcIds: readonly [requester: string, accepter: string]
  readonly state: 'active' | 'pending-acceptance' | 'rejected' | 'deleted' | 'failed'
}

export interface NatGateway {
  readonly id: string
  readonly subnetId: string
  readonly connectivity: 'public' | 'private'
}

/** An address in a subnet, and what listens there. */
export interface NetworkInterface {
  readonly id: string
  readonly subnetId: string
  readonly address: number
  readonly groupIds: readonly string[]
  /** The interface endpoint that it belongs to. */
  readonly endpointId?: string
  /** TCP ports that answer. An endpoint's interface has 443 alone. */
  readonly listensOn: readonly number[]
}

export type Protocol = 'tcp' | 'udp'
/** As seen from the group or the access list. */
export type Direction = 'ingress' | 'egress'
export interface PortRange {
  readonly from: number
  readonly to: number
}

/** Where a question is asked from. */
export type Vantage =
  | { readonly kind: 'internet' }
  /** An interface of a machine or function in this subnet. A peered VPC is one of these, in the other VPC. */
  | {
      readonly kind: 'subnet'
      readonly subnetId: string
      readonly address: number
      readonly groupIds: readonly string[]
      /** Whether it has a public address too: an internet gateway carries nothing for others. */
      readonly public: boolean
    }
  /** A network of one's own, joined to a VPC by VPN or Direct Connect. */
  | {
      readonly kind: 'on-premises'
      readonly address: number
      readonly vpcId: string
      /** Whether its resolver forwards to an inbound endpoint of the VPC's. */
      readonly forwardsNames: boolean
    }
