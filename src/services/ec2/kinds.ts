import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import type { Ids, Ports } from '#kit/ports.ts'
import { type Table, table } from '#kit/records.ts'
import type {
  DhcpOptions,
  Ec2Resource,
  ElasticAddress,
  InternetGateway,
  NatGateway,
  NetworkAcl,
  NetworkInterface,
  RouteTable,
  SecurityGroup,
  Subnet,
  Vpc,
  VpcEndpoint,
  VpcPeering,
} from './records.ts'

/** What the rules of this service need of the machine. */
export type Ec2 = Pick<Ports, 'records' | 'ids' | 'clock' | 'dataPlane'>

/** A kind of EC2 resource: where its records are, how its ids begin, and AWS's words for there being none. */
export interface Kind<T extends Ec2Resource> {
  readonly table: Table<T>
  readonly prefix: string
  /** As in `TagSpecifications` and `DescribeTags`. */
  readonly resourceType: string
  readonly notFound: { readonly code: string; readonly text: (id: string) => string }
}

function kind<T extends Ec2Resource>(
  plural: string,
  prefix: string,
  resourceType: string,
  code: string,
  text: (id: string) => string,
): Kind<T> {
  return { table: table<T>(`ec2/${plural}`), prefix, resourceType, notFound: { code, text } }
}

export const VPC = kind<Vpc>('vpcs', 'vpc', 'vpc', 'InvalidVpcID.NotFound', (id) => `The vpc ID '${id}' does not exist`)
export const SUBNET = kind<Subnet>(
  'subnets',
  'subnet',
  'subnet',
  'InvalidSubnetID.NotFound',
  (id) => `The subnet ID '${id}' does not exist`,
)
export const SECURITY_GROUP = kind<SecurityGroup>(
  'security-groups',
  'sg',
  'security-group',
  'InvalidGroup.NotFound',
  (id) => `The security group '${id}' does not exist`,
)
export const ROUTE_TABLE = kind<RouteTable>(
  'route-tables',
  'rtb',
  'route-table',
  'InvalidRouteTableID.NotFound',
  (id) => `The routeTable ID '${id}' does not exist`,
)
export const NETWORK_ACL = kind<NetworkAcl>(
  'network-acls',
  'acl',
  'network-acl',
  'InvalidNetworkAclID.NotFound',
  (id) => `The networkAcl ID '${id}' does not exist`,
)
export const INTERNET_GATEWAY = kind<InternetGateway>(
  'internet-gateways',
  'igw',
  'internet-gateway',
  'InvalidInternetGatewayID.NotFound',
  (id) => `The internetGateway ID '${id}' does not exist`,
)
export const NETWORK_INTERFACE = kind<NetworkInterface>(
  'network-interfaces',
  'eni',
  'network-interface',
  'InvalidNetworkInterfaceID.NotFound',
  (id) => `The networkInterface ID '${id}' does not exist`,
)
export const VPC_ENDPOINT = kind<VpcEndpoint>(
  'vpc-endpoints',
  'vpce',
  'vpc-endpoint',
  'InvalidVpcEndpointId.NotFound',
  (id) => `The Vpc Endpoint Id '${id}' does not exist`,
)

export const VPC_PEERING = kind<VpcPeering>(
  'vpc-peerings',
  'pcx',
  'vpc-peering-connection',
  'InvalidVpcPeeringConnectionID.NotFound',
  (id) => `The vpcPeeringConnection ID '${id}' does not exist`,
)

export const NAT_GATEWAY = kind<NatGateway>(
  'nat-gateways',
  'nat',
  'natgateway',
  'NatGatewayNotFound',
  (id) => `NAT gateway ${id} was not found`,
)
export const ELASTIC_ADDRESS = kind<ElasticAddress>(
  'elastic-addresses',
  'eipalloc',
  'elastic-ip',
  'InvalidAllocationID.NotFound',
  (id) => `The allocation ID '${id}' does not exist`,
)

export const DHCP_OPTIONS = kind<DhcpOptions>(
  'dhcp-options',
  'dopt',
  'dhcp-options',
  'InvalidDhcpOptionID.NotFound',
  (id) => `The dhcpOption ID '${id}' does not exist`,
)

/** Every kind that can carry tags. */
export const KINDS: readonly Kind<Ec2Resource>[] = [
  VPC,
  SUBNET,
  SECURITY_GROUP,
  ROUTE_TABLE,
  NETWORK_ACL,
  INTERNET_GATEWAY,
  NETWORK_INTERFACE,
  VPC_ENDPOINT,
  VPC_PEERING,
  NAT_GATEWAY,
  ELASTIC_ADDRESS,
  DHCP_OPTIONS,
]

/** `vpc-` and 17 hexadecimal digits of which the first is 0, as all of AWS's recent ids. */
export function newId(ids: Ids, prefix: string): string {
  return `${prefix}-0${ids.hex(16)}`
}

export function find<T extends Ec2Resource>(kind: Kind<T>, scope: Scope, id: string, ports: Pick<Ec2, 'records'>): T {
  const found = ports.records.get(kind.table, scope, id)
  if (!found) throw new AwsError(kind.notFound.code, kind.notFound.text(id))
  return found
}

export function listAll<T extends Ec2Resource>(kind: Kind<T>, scope: Scope, ports: Pick<Ec2, 'records'>): readonly T[] {
  return ports.records.list(kind.table, scope).map(({ value }) => value)
}

export function save<T extends Ec2Resource>(kind: Kind<T>, scope: Scope, resource: T, ports: Pick<Ec2, 'records'>): T {
  ports.records.put(kind.table, scope, resource.id, resource)
  return resource
}

export function remove<T extends Ec2Resource>(kind: Kind<T>, scope: Scope, id: string, ports: Pick<Ec2, 'records'>): void {
  ports.records.delete(kind.table, scope, id)
}
