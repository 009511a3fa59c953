import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import { firstFreeAddress, usableCount } from '#core/net/cidr.ts'
import { type Ec2, listAll, NETWORK_INTERFACE, newId, save } from './kinds.ts'
import type { NetworkInterface, Subnet } from './records.ts'
import { cidrOf } from './subnets.ts'

/** The address that the next interface in the subnet gets, or AWS's refusal where it is full. */
export function freeAddress(scope: Scope, subnet: Subnet, ports: Pick<Ec2, 'records'>): string {
  const taken = new Set(interfacesIn(scope, subnet.id, ports).map((one) => one.address))
  const address = firstFreeAddress(cidrOf(subnet), taken)
  if (address) return address
  throw new AwsError(
    'InsufficientFreeAddressesInSubnet',
    'The specified subnet does not have enough free addresses to satisfy the request.',
  )
}

/** Makes the endpoint's interface in this subnet, on an address that stays its own for life. */
export function createEndpointInterface(
  scope: Scope,
  endpointId: string,
  subnet: Subnet,
  groupIds: readonly string[],
  ports: Ec2,
): NetworkInterface {
  return createInterface(scope, subnet, { endpointId, groupIds, description: `VPC Endpoint Interface ${endpointId}` }, ports)
}

/** The interface of a NAT gateway has no security groups. */
export function createNatInterface(scope: Scope, natGatewayId: string, subnet: Subnet, ports: Ec2): NetworkInterface {
  const description = `Interface for NAT Gateway ${natGatewayId}`
  return createInterface(scope, subnet, { natGatewayId, groupIds: [], description }, ports)
}

type Owned = Pick<NetworkInterface, 'endpointId' | 'natGatewayId' | 'groupIds' | 'description'>

function createInterface(scope: Scope, subnet: Subnet, owned: Owned, ports: Ec2): NetworkInterface {
  const networkInterface: NetworkInterface = {
    id: newId(ports.ids, NETWORK_INTERFACE.prefix),
    vpcId: subnet.vpcId,
    subnetId: subnet.id,
    zone: subnet.zone,
    address: freeAddress(scope, subnet, ports),
    // A locally administered address, as a hypervisor gives out.
    macAddress: ['02', ...(ports.ids.hex(10).match(/../g) ?? [])].join(':'),
    ...owned,
    attachmentId: newId(ports.ids, 'ela-attach'),
    tags: [],
  }
  return save(NETWORK_INTERFACE, scope, networkInterface, ports)
}

function interfacesIn(scope: Scope, subnetId: string, ports: Pick<Ec2, 'records'>): readonly NetworkInterface[] {
  return listAll(NETWORK_INTERFACE, scope, ports).filter((one) => one.subnetId === subnetId)
}

/** How many addresses of the subnet nobody has. */
export function freeAddressCount(scope: Scope, subnet: Subnet, ports: Pick<Ec2, 'records'>): number {
  return usableCount(cidrOf(subnet)) - interfacesIn(scope, subnet.id, ports).length
}
