import type { Scope } from '#core/aws/scope.ts'
import { checkedGroups, checkedSubnets, checkMembers, checkNetwork, checkPrivateDns } from './endpoint-checks.ts'
import { privateDnsNamesOf } from './endpoint-dns.ts'
import { entranceOf } from './endpoint-entrance.ts'
import { checkedService, isExecuteApi } from './endpoint-services.ts'
import { type Ec2, find, NETWORK_INTERFACE, newId, ROUTE_TABLE, remove, save, VPC, VPC_ENDPOINT } from './kinds.ts'
import { createEndpointInterface, freeAddress } from './network-interfaces.ts'
import { prefixListIdOf } from './prefix-lists.ts'
import type { EndpointPolicy, Subnet, VpcEndpoint } from './records.ts'
import { routeToEndpoint } from './route-tables.ts'
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
