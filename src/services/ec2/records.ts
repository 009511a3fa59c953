import type { Source } from '#core/aws/reason.ts'
import type { SourceMap } from '#core/template/position.ts'
import type { Tag } from './tags.ts'

/** What every EC2 resource has. */
export interface Ec2Resource {
  readonly id: string
  readonly tags: readonly Tag[]
}

export interface Vpc extends Ec2Resource {
  readonly cidrBlock: string
  readonly cidrAssociationId: string
  readonly tenancy: string
  readonly dnsSupport: boolean
  readonly dnsHostnames: boolean
  readonly isDefault: boolean
  /** `default` where it has none. */
  readonly dhcpOptionsId: string
  readonly networkAclId: string
}

export interface DhcpOptions extends Ec2Resource {
  /** The set that new VPCs of the account get. */
  readonly isDefault: boolean
  /** Such as `domain-name-servers`, in order of the names. */
  readonly options: readonly { readonly name: string; readonly values: readonly string[] }[]
}

export interface Subnet extends Ec2Resource {
  readonly vpcId: string
  readonly cidrBlock: string
  readonly zone: string
  readonly zoneId: string
  readonly mapPublicIp: boolean
  readonly isDefault: boolean
  readonly networkAclAssociationId: string
  /** Absent: the default one of the VPC. */
  readonly networkAclId?: string
}

export interface NetworkAcl extends Ec2Resource {
  readonly vpcId: string
  readonly isDefault: boolean
  /** Without the last one, which denies what no other fits: every ACL has it. */
  readonly entries: readonly NetworkAclEntry[]
}

export interface NetworkAclEntry {
  readonly number: number
  readonly egress: boolean
  /** A protocol number, or `-1` for all. */
  readonly protocol: string
  readonly action: 'allow' | 'deny'
  /** An IPv4 or IPv6 block. */
  readonly cidr: string
  /** Where the protocol has ports. */
  readonly ports?: { readonly from: number; readonly to: number }
  readonly icmp?: { readonly type: number; readonly code: number }
  /** Where a template has it. */
  readonly source?: Source
}

export interface RouteTable extends Ec2Resource {
  readonly vpcId: string
  readonly routes: readonly Route[]
  readonly associations: readonly RouteTableAssociation[]
}

export interface Route {
  /** An IPv4 or IPv6 block, or a prefix list's id. */
  readonly destination: string
  /** What it leads to: an internet gateway, a NAT gateway, a peering connection, a gateway endpoint, or `local`. */
  readonly gatewayId: string
  readonly origin: 'CreateRouteTable' | 'CreateRoute'
  /** Where a template has it. */
  readonly source?: Source
}

export interface RouteTableAssociation {
  readonly id: string
  readonly main: boolean
  /** Absent for the main association: it is the VPC's. */
  readonly subnetId?: string
}

export interface InternetGateway extends Ec2Resource {
  /** The VPC it is attached to. */
  readonly vpcId?: string
}

export interface ElasticAddress extends Ec2Resource {
  readonly publicIp: string
}

export interface NatGateway extends Ec2Resource {
  readonly vpcId: string
  readonly subnetId: string
  readonly connectivity: 'public' | 'private'
  readonly state: 'available' | 'failed' | 'deleted'
  readonly failure?: { readonly code: string; readonly message: string }
  /** Milliseconds since 1970. */
  readonly createdAt: number
  /** When it was deleted, or failed. */
  readonly endedAt?: number
  /** Absent where it failed. */
  readonly interface?: { readonly id: string; readonly address: string }
  /** The elastic address of a public one. */
  readonly elastic?: { readonly allocationId: string; readonly associationId: string; readonly publicIp: string }
}

/** Both sides keep a record of it, with tags of their own. */
export interface VpcPeering extends Ec2Resource {
  readonly requester: PeeredVpc
  readonly accepter: PeeredVpc
  readonly state: 'pending-acceptance' | 'active' | 'rejected' | 'deleted' | 'failed'
  /** In words, as describes show it beside the state. */
  readonly message: string
  /** Milliseconds since 1970. */
  readonly createdAt: number
  /** When it was deleted or rejected, or failed. */
  readonly endedAt?: number
}

export interface PeeredVpc {
  readonly vpcId: string
  readonly account: string
  readonly region: string
  /** Absent where there is no such VPC. */
  readonly cidrBlock?: string
}

export interface SecurityGroup extends Ec2Resource {
  readonly vpcId: string
  readonly name: string
  readonly description: string
  readonly rules: readonly SecurityGroupRule[]
}

/** One rule: one direction, one protocol, one range of ports, one peer. */
export interface SecurityGroupRule {
  readonly id: string
  readonly direction: 'ingress' | 'egress'
  /** `tcp`, `udp`, `icmp`, `icmpv6`, a protocol number, or `-1` for all. */
  readonly protocol: string
  /** Absent where the protocol has no ports, or for all of them. For ICMP, the type and the code. */
  readonly fromPort?: number
  readonly toPort?: number
  readonly peer: Peer
  readonly description?: string
  /** Where a template has it. */
  readonly source?: Source
  readonly tags: readonly Tag[]
}

/** Whom a rule lets in or out to. */
export type Peer =
  | { readonly kind: 'ipv4' | 'ipv6'; readonly cidr: string }
  | {
      readonly kind: 'group'
      readonly groupId: string
      readonly account: string
      /** The group's VPC and the connection that it is seen through, where that is not the rule's own VPC. */
      readonly peered?: { readonly vpcId: string; readonly peeringId: string }
    }
  | { readonly kind: 'prefix-list'; readonly prefixListId: string }

export interface NetworkInterface extends Ec2Resource {
  readonly vpcId: string
  readonly subnetId: string
  readonly zone: string
  readonly address: string
  readonly macAddress: string
  readonly groupIds: readonly string[]
  readonly description: string
  /** The endpoint or the NAT gateway that it belongs to. */
  readonly endpointId?: string
  readonly natGatewayId?: string
  readonly attachmentId: string
}

export interface VpcEndpoint extends Ec2Resource {
  readonly type: 'Interface' | 'Gateway'
  readonly vpcId: string
  readonly serviceName: string
  readonly state: 'pending' | 'available'
  /** Milliseconds since 1970. */
  readonly createdAt: number
  /** The eight letters that follow the id in its DNS names. */
  readonly suffix: string
  readonly interfaceIds: readonly string[]
  readonly subnetIds: readonly string[]
  readonly groupIds: readonly string[]
  readonly routeTableIds: readonly string[]
  readonly privateDnsEnabled: boolean
  /** The hosted zones that private DNS makes in the VPC, one a name. */
  readonly privateZoneIds: readonly string[]
  /** Absent: full access. */
  readonly policy?: EndpointPolicy
  /** The loopback port that stands for it, once it was opened. */
  readonly port?: number
}

export interface EndpointPolicy {
  /** The text as `DescribeVpcEndpoints` shows it. */
  readonly text: string
  readonly document: unknown
  readonly sources: SourceMap
  /** The stack whose template it was written in. */
  readonly stack?: string
}
