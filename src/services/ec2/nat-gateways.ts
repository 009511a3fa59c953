import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import { holderOf } from './elastic-addresses.ts'
import { forgetEnded } from './ended.ts'
import { hasInternetGateway } from './internet-gateways.ts'
import { type Ec2, ELASTIC_ADDRESS, find, NAT_GATEWAY, NETWORK_INTERFACE, newId, remove, SUBNET, save } from './kinds.ts'
import { createNatInterface, freeAddressCount } from './network-interfaces.ts'
import type { NatGateway, Subnet } from './records.ts'
import type { Tag } from './tags.ts'

export interface NewNatGateway {
  readonly subnetId: string | undefined
  readonly allocationId: string | undefined
  readonly connectivity?: string | undefined
  readonly tags: readonly Tag[]
}

/** What is asked for wrongly is refused; what cannot come about is made all the same, and has failed. */
export function createNatGateway(scope: Scope, wanted: NewNatGateway, ports: Ec2): NatGateway {
  const { subnetId, allocationId, connectivity = 'public', tags } = wanted
  if (subnetId === undefined) throw missing('SubnetId')
  if (connectivity !== 'public' && connectivity !== 'private')
    throw new AwsError('InvalidParameterValue', `Value (${connectivity}) for parameter ConnectivityType is invalid.`)
  const subnet = find(SUBNET, scope, subnetId, ports)
  if (connectivity === 'public' && allocationId === undefined) throw missing('AllocationId')
  // unverified: AWS's words.
  if (connectivity === 'private' && allocationId !== undefined)
    throw new AwsError('InvalidParameterCombination', 'AllocationId is not supported for private NAT gateways.')
  forgetEnded(NAT_GATEWAY, scope, SHOWN_AFTER_END, ports)
  const nat: NatGateway = {
    id: newId(ports.ids, NAT_GATEWAY.prefix),
    vpcId: subnet.vpcId,
    subnetId,
    connectivity,
    state: 'available',
    createdAt: ports.clock.now(),
    tags,
  }
  const failure = failureOf(scope, subnet, allocationId, ports)
  if (failure) return save(NAT_GATEWAY, scope, { ...nat, state: 'failed', failure, endedAt: nat.createdAt }, ports)
  const { id, address } = createNatInterface(scope, nat.id, subnet, ports)
  const elastic = elasticOf(scope, allocationId, ports)
  return save(NAT_GATEWAY, scope, { ...nat, interface: { id, address }, ...(elastic && { elastic }) }, ports)
}

const missing = (name: string) => new AwsError('MissingParameter', `The request must contain the parameter ${name}`)

/** https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html#nat-gateway-troubleshooting-failed */
function failureOf(scope: Scope, subnet: Subnet, allocationId: string | undefined, ports: Ec2): NatGateway['failure'] {
  if (freeAddressCount(scope, subnet, ports) < 1)
    return {
      code: 'InsufficientFreeAddressesInSubnet',
      message: 'Subnet has insufficient free addresses to create this NAT gateway',
    }
  if (allocationId === undefined) return undefined
  if (!hasInternetGateway(scope, subnet.vpcId, ports))
    return { code: 'Gateway.NotAttached', message: `Network ${subnet.vpcId} has no Internet gateway attached` }
  if (!ports.records.get(ELASTIC_ADDRESS.table, scope, allocationId))
    return {
      code: 'InvalidAllocationID.NotFound',
      message: `Elastic IP address ${allocationId} could not be associated with this NAT gateway`,
    }
  if (holderOf(scope, allocationId, ports))
    return { code: 'Resource.AlreadyAssociated', message: `Elastic IP address [${allocationId}] is already associated` }
  return undefined
}

function elasticOf(scope: Scope, allocationId: string | undefined, ports: Ec2): NatGateway['elastic'] {
  if (allocationId === undefined) return undefined
  const { publicIp } = find(ELASTIC_ADDRESS, scope, allocationId, ports)
  return { allocationId, associationId: newId(ports.ids, 'eipassoc'), publicIp }
}

/** Lets go of its addresses. Routes to it stay, and lead nowhere. */
export function deleteNatGateway(scope: Scope, id: string, ports: Ec2): void {
  const nat = find(NAT_GATEWAY, scope, id, ports)
  // unverified: that one which was deleted is not found, though describes show it.
  if (nat.state === 'deleted') throw new AwsError(NAT_GATEWAY.notFound.code, NAT_GATEWAY.notFound.text(id))
  if (nat.interface) remove(NETWORK_INTERFACE, scope, nat.interface.id, ports)
  save(NAT_GATEWAY, scope, { ...nat, state: 'deleted', endedAt: ports.clock.now() }, ports)
}

/** AWS says "usually about an hour". */
export const SHOWN_AFTER_END = 60 * 60 * 1000
