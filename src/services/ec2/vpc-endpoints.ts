import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import { privateDnsNamesOf } from './endpoint-dns.ts'
import { entranceOf } from './endpoint-entrance.ts'
import { checkedService, isExecuteApi } from './endpoint-services.ts'
import {
  type Ec2,
  find,
  listAll,
  NETWORK_INTERFACE,
  newId,
  ROUTE_TABLE,
  remove,
  SECURITY_GROUP,
  SUBNET,
  save,
  VPC,
  VPC_ENDPOINT,
} from './kinds.ts'
import { createEndpointInterface, freeAddress } from './network-interfaces.ts'
import { prefixListIdOf } from './prefix-lists.ts'
import type { EndpointPolicy, Subnet, Vpc, VpcEndpoint } from './records.ts'
import { routeToEndpoint } from './route-tables.ts'
import { defaultGroupOf } from './security-groups.ts'
import type { Tag } from './tags.ts'

export interface NewVpcEndpoint {
  readonly vpcId: string
  readonly serviceName: string
  readonly type: 'Interface' | 'Gateway'
  readonly subnetIds: readonly string[]
  readonly groupIds: readonly string[]
  readonly routeTableIds: readonly string[]
  readonly privateDnsEnabled: boolean
  readonly policy?: EndpointPolicy | undefined
  readonly tags: readonly Tag[]
}

/** Makes an endpoint and, for execute-api, the way in that it is; it is available when this resolves. */
export async function createVpcEndpoint(scope: Scope, wanted: NewVpcEndpoint, ports: Ec2): Promise<VpcEndpoint> {
  const vpc = find(VPC, scope, wanted.vpcId, ports)
  checkedService(scope.region, wanted.serviceName, wanted.type)
  checkMembers(wanted)
  const subnets = checkedSubnets(scope, vpc, wanted.subnetIds, ports)
  const groupIds = checkedGroups(scope, vpc, wanted, ports)
  for (const subnet of subnets) freeAddress(scope, subnet, ports)
  for (const id of wanted.routeTableIds) checkNetwork(vpc, find(ROUTE_TABLE, scope, id, ports))
  const id = newId(ports.ids, VPC_ENDPOINT.prefix)
  if (wanted.privateDnsEnabled) checkPrivateDns(scope, vpc, { id, serviceName: wanted.serviceName }, ports)
  const { tags, policy, serviceName, type, routeTableIds, privateDnsEnabled } = wanted
  const endpoint: VpcEndpoint = {
    id,
    type,
    vpcId: vpc.id,
    serviceName,
    // Until its way in is open, as on AWS; nothing else can take its addresses or its private names meanwhile.
    state: isExecuteApi(wanted) ? 'pending' : 'available',
    createdAt: ports.clock.now(),
    suffix: ports.ids.alphanumeric(8),
    interfaceIds: subnets.map((subnet) => createEndpointInterface(scope, id, subnet, groupIds, ports).id),
    subnetIds: subnets.map((subnet) => subnet.id),
    groupIds,
    routeTableIds,
    privateDnsEnabled,
    privateZoneIds: privateDnsNamesOf(serviceName, scope.region).map(() => `Z0${ports.ids.alphanumeric(19).toUpperCase()}`),
    ...(policy && { policy }),
    tags,
  }
  save(VPC_ENDPOINT, scope, endpoint, ports)
  if (type === 'Gateway') routeToEndpoint(scope, endpoint, prefixListIdOf(serviceName), routeTableIds, ports)
  return isExecuteApi(endpoint) ? open(scope, endpoint, ports) : endpoint
}

async function open(scope: Scope, endpoint: VpcEndpoint, ports: Ec2): Promise<VpcEndpoint> {
  try {
    const port = await ports.dataPlane.openEntrance(entranceOf(scope, endpoint, ports))
    return save(VPC_ENDPOINT, scope, { ...endpoint, port, state: 'available' }, ports)
  } catch (error) {
    forget(scope, endpoint, ports)
    throw error
  }
}

export interface VpcEndpointChange {
  readonly subnetIds: readonly string[]
  readonly groupIds: readonly string[]
  readonly routeTableIds: readonly string[]
  readonly privateDnsEnabled: boolean
  readonly policy: EndpointPolicy | undefined
  readonly tags: readonly Tag[]
}

/** Makes the endpoint as the change says; subnets that stay keep their interface and address. */
export function changeVpcEndpoint(scope: Scope, id: string, change: VpcEndpointChange, ports: Ec2): VpcEndpoint {
  const before = find(VPC_ENDPOINT, scope, id, ports)
  const vpc = find(VPC, scope, before.vpcId, ports)
  const { policy, privateDnsEnabled, routeTableIds, tags } = change
  checkMembers({ ...change, type: before.type })
  const subnets = checkedSubnets(scope, vpc, change.subnetIds, ports)
  const groupIds = checkedGroups(scope, vpc, { ...change, type: before.type }, ports)
  if (privateDnsEnabled && !before.privateDnsEnabled) checkPrivateDns(scope, vpc, before, ports)
  for (const subnet of subnets) if (!before.subnetIds.includes(subnet.id)) freeAddress(scope, subnet, ports)
  const interfaceIds = changedInterfaces(scope, before, subnets, groupIds, ports)
  const { policy: _replaced, ...kept } = before
  const after: VpcEndpoint = {
    ...kept,
    interfaceIds,
    subnetIds: subnets.map((subnet) => subnet.id),
    groupIds,
    routeTableIds,
    privateDnsEnabled,
    ...(policy && { policy }),
    tags,
  }
  save(VPC_ENDPOINT, scope, after, ports)
  if (after.type === 'Gateway') routeToEndpoint(scope, after, prefixListIdOf(after.serviceName), routeTableIds, ports)
  if (isExecuteApi(after)) ports.dataPlane.changeEntrance(entranceOf(scope, after, ports))
  return after
}

function changedInterfaces(
  scope: Scope,
  { id, interfaceIds }: VpcEndpoint,
  subnets: readonly Subnet[],
  groupIds: readonly string[],
  ports: Ec2,
): readonly string[] {
  const present = interfaceIds.map((interfaceId) => find(NETWORK_INTERFACE, scope, interfaceId, ports))
  for (const old of present)
    if (!subnets.some((subnet) => subnet.id === old.subnetId)) remove(NETWORK_INTERFACE, scope, old.id, ports)
  return subnets.map((subnet) => {
    const kept = present.find((one) => one.subnetId === subnet.id)
    if (!kept) return createEndpointInterface(scope, id, subnet, groupIds, ports).id
    return save(NETWORK_INTERFACE, scope, { ...kept, groupIds }, ports).id
  })
}

export async function deleteVpcEndpoint(scope: Scope, id: string, ports: Ec2): Promise<void> {
  const endpoint = find(VPC_ENDPOINT, scope, id, ports)
  forget(scope, endpoint, ports)
  if (isExecuteApi(endpoint)) await ports.dataPlane.closeEntrance(id)
}

function forget(scope: Scope, endpoint: VpcEndpoint, ports: Pick<Ec2, 'records'>): void {
  for (const id of endpoint.interfaceIds) remove(NETWORK_INTERFACE, scope, id, ports)
  if (endpoint.type === 'Gateway') routeToEndpoint(scope, endpoint, prefixListIdOf(endpoint.serviceName), [], ports)
  remove(VPC_ENDPOINT, scope, endpoint.id, ports)
}

type Members = Pick<NewVpcEndpoint, 'type' | 'subnetIds' | 'groupIds' | 'routeTableIds' | 'privateDnsEnabled'>

/** Each type has members that the other has not. unverified: AWS's words for a gateway endpoint's. */
function checkMembers({ type, subnetIds, groupIds, routeTableIds, privateDnsEnabled }: Members): void {
  const refuse = (text: string) => new AwsError('InvalidParameter', text)
  if (type === 'Interface' && routeTableIds.length > 0)
    throw refuse('Route table IDs are only supported for Gateway type VPC Endpoint.')
  if (type === 'Gateway' && subnetIds.length > 0)
    throw refuse('Subnet IDs are only supported for Interface and GatewayLoadBalancer type VPC Endpoint.')
  if (type === 'Gateway' && groupIds.length > 0)
    throw refuse('Security group IDs are only supported for Interface type VPC Endpoint.')
  if (type === 'Gateway' && privateDnsEnabled) throw refuse('Private DNS is only supported for Interface type VPC Endpoint.')
}

function checkedSubnets(scope: Scope, vpc: Vpc, ids: readonly string[], ports: Ec2): readonly Subnet[] {
  const subnets = ids.map((id) => find(SUBNET, scope, id, ports))
  for (const [index, subnet] of subnets.entries()) {
    checkNetwork(vpc, subnet)
    const same = subnets.slice(0, index).find(({ zone }) => zone === subnet.zone)
    if (same)
      throw new AwsError('DuplicateSubnetsInSameZone', `Found another VPC endpoint subnet in the availability zone of ${same.id}`)
  }
  return subnets
}

/** The groups asked for; an interface endpoint without any gets the VPC's default group. */
function checkedGroups(
  scope: Scope,
  vpc: Vpc,
  { type, groupIds }: Pick<NewVpcEndpoint, 'type' | 'groupIds'>,
  ports: Ec2,
): readonly string[] {
  for (const id of groupIds) checkNetwork(vpc, find(SECURITY_GROUP, scope, id, ports))
  if (type === 'Gateway' || groupIds.length > 0) return groupIds
  const group = defaultGroupOf(scope, vpc.id, ports)
  return group ? [group.id] : []
}

function checkNetwork(vpc: Vpc, { vpcId }: { readonly vpcId: string }): void {
  if (vpcId !== vpc.id)
    throw new AwsError('InvalidParameter', 'You have specified two resources that belong to different networks.')
}

function checkPrivateDns(scope: Scope, vpc: Vpc, { id, serviceName }: Pick<VpcEndpoint, 'id' | 'serviceName'>, ports: Ec2): void {
  if (!vpc.dnsSupport || !vpc.dnsHostnames)
    throw new AwsError(
      'InvalidParameter',
      `Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for ${vpc.id}`,
    )
  const taken = listAll(VPC_ENDPOINT, scope, ports).some(
    (other) => other.id !== id && other.vpcId === vpc.id && other.serviceName === serviceName && other.privateDnsEnabled,
  )
  // AWS names the wildcard where the service has one.
  const names = privateDnsNamesOf(serviceName, scope.region)
  const domain = names.find((name) => name.startsWith('*.')) ?? names[0]
  if (taken)
    throw new AwsError(
      'InvalidParameter',
      `private-dns-enabled cannot be set because there is already a conflicting DNS domain for ${domain} in the VPC ${vpc.id}`,
    )
}
