import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import { type Ec2, find, INTERNET_GATEWAY, listAll, NAT_GATEWAY, newId, remove, save, VPC } from './kinds.ts'
import type { InternetGateway } from './records.ts'
import type { Tag } from './tags.ts'

export function createInternetGateway(scope: Scope, tags: readonly Tag[], ports: Ec2): InternetGateway {
  return save(INTERNET_GATEWAY, scope, { id: newId(ports.ids, INTERNET_GATEWAY.prefix), tags }, ports)
}

export function attachInternetGateway(scope: Scope, id: string, vpcId: string, ports: Pick<Ec2, 'records'>): void {
  const gateway = find(INTERNET_GATEWAY, scope, id, ports)
  find(VPC, scope, vpcId, ports)
  if (gateway.vpcId)
    throw new AwsError('Resource.AlreadyAssociated', `resource ${id} is already attached to network ${gateway.vpcId}`)
  if (hasInternetGateway(scope, vpcId, ports))
    throw new AwsError('InvalidParameterValue', `Network ${vpcId} already has an internet gateway attached`)
  save(INTERNET_GATEWAY, scope, { ...gateway, vpcId }, ports)
}

/** Routes to it stay, and lead nowhere. */
export function detachInternetGateway(scope: Scope, id: string, vpcId: string, ports: Pick<Ec2, 'records'>): void {
  const { vpcId: attached, ...gateway } = find(INTERNET_GATEWAY, scope, id, ports)
  if (attached !== vpcId) throw new AwsError('Gateway.NotAttached', `resource ${id} is not attached to network ${vpcId}`)
  const mapped = listAll(NAT_GATEWAY, scope, ports).some((nat) => nat.vpcId === vpcId && nat.state === 'available' && nat.elastic)
  if (mapped)
    throw new AwsError(
      'DependencyViolation',
      `Network ${vpcId} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`,
    )
  save(INTERNET_GATEWAY, scope, gateway, ports)
}

/** Whether the VPC has a gateway to the internet. */
export function hasInternetGateway(scope: Scope, vpcId: string, ports: Pick<Ec2, 'records'>): boolean {
  return listAll(INTERNET_GATEWAY, scope, ports).some((gateway) => gateway.vpcId === vpcId)
}

/** Whether a route to this gateway leads anywhere. */
export function isAttached(scope: Scope, id: string, vpcId: string, ports: Pick<Ec2, 'records'>): boolean {
  return ports.records.get(INTERNET_GATEWAY.table, scope, id)?.vpcId === vpcId
}

export function deleteInternetGateway(scope: Scope, id: string, ports: Pick<Ec2, 'records'>): void {
  const { vpcId } = find(INTERNET_GATEWAY, scope, id, ports)
  if (vpcId) throw new AwsError('DependencyViolation', `The internetGateway '${id}' has dependencies and cannot be deleted.`)
  remove(INTERNET_GATEWAY, scope, id, ports)
}
