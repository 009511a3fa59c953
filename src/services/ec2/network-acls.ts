import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import { type Ec2, find, listAll, NETWORK_ACL, newId, remove, SUBNET, save, VPC } from './kinds.ts'
import type { NetworkAcl, NetworkAclEntry, Subnet, Vpc } from './records.ts'
import type { Tag } from './tags.ts'

type Stored = Pick<Ec2, 'records'>

/** A new ACL denies everything: it has no entry but the last. */
export function createNetworkAcl(scope: Scope, vpcId: string, tags: readonly Tag[], ports: Ec2): NetworkAcl {
  find(VPC, scope, vpcId, ports)
  return save(NETWORK_ACL, scope, { id: newId(ports.ids, NETWORK_ACL.prefix), vpcId, isDefault: false, entries: [], tags }, ports)
}

/** The ACL that a VPC is born with lets everything pass. */
export function createDefaultAcl(scope: Scope, vpc: Pick<Vpc, 'id' | 'networkAclId'>, ports: Stored): NetworkAcl {
  return save(NETWORK_ACL, scope, defaultAclOf(vpc), ports)
}

export function defaultAclOf({ id, networkAclId }: Pick<Vpc, 'id' | 'networkAclId'>): NetworkAcl {
  const entries = [true, false].map(
    (egress): NetworkAclEntry => ({ number: 100, egress, protocol: '-1', action: 'allow', cidr: '0.0.0.0/0' }),
  )
  return { id: networkAclId, vpcId: id, isDefault: true, entries, tags: [] }
}

/** VPCs that were stored before there were ACLs get theirs. */
export function ensureDefaultAcls(scope: Scope, ports: Stored): void {
  for (const vpc of listAll(VPC, scope, ports))
    if (!ports.records.get(NETWORK_ACL.table, scope, vpc.networkAclId)) createDefaultAcl(scope, vpc, ports)
}

export function removeDefaultAcl(scope: Scope, { networkAclId }: Vpc, ports: Stored): void {
  remove(NETWORK_ACL, scope, networkAclId, ports)
}

export function findAcl(scope: Scope, id: string, ports: Stored): NetworkAcl {
  ensureDefaultAcls(scope, ports)
  return find(NETWORK_ACL, scope, id, ports)
}

export function deleteNetworkAcl(scope: Scope, id: string, ports: Stored): void {
  const acl = findAcl(scope, id, ports)
  // unverified: the words of this refusal.
  if (acl.isDefault) throw new AwsError('InvalidParameterValue', `cannot delete default network ACL ${id}`)
  if (subnetsOf(scope, acl, ports).length > 0)
    throw new AwsError('DependencyViolation', `The networkAcl '${id}' has dependencies and cannot be deleted.`)
  remove(NETWORK_ACL, scope, id, ports)
}

/** The subnets that the ACL is the edge of; the default one is that of every subnet without another. */
export function subnetsOf(scope: Scope, { id, vpcId, isDefault }: NetworkAcl, ports: Stored): readonly Subnet[] {
  return listAll(SUBNET, scope, ports).filter(
    (subnet) => subnet.vpcId === vpcId && (subnet.networkAclId === undefined ? isDefault : subnet.networkAclId === id),
  )
}

/** Gives a subnet another ACL in the place of the one that it has, which the association's id names; answers with the new id. */
export function replaceAclAssociation(scope: Scope, associationId: string, aclId: string, ports: Ec2): string {
  const subnet = listAll(SUBNET, scope, ports).find((one) => one.networkAclAssociationId === associationId)
  if (!subnet) throw new AwsError('InvalidAssociationID.NotFound', `The association ID '${associationId}' does not exist`)
  return putAcl(scope, subnet, findAcl(scope, aclId, ports), ports)
}

/** Gives a subnet this ACL, whichever it has; answers with the id of the association. */
export function associateAcl(scope: Scope, subnetId: string, aclId: string, ports: Ec2): string {
  return putAcl(scope, find(SUBNET, scope, subnetId, ports), findAcl(scope, aclId, ports), ports)
}

/** Gives the subnet of this association its VPC's default ACL again; where it has another association by now, nothing is done. */
export function disassociateAcl(scope: Scope, associationId: string, ports: Ec2): void {
  const subnet = listAll(SUBNET, scope, ports).find((one) => one.networkAclAssociationId === associationId)
  if (subnet) associateAcl(scope, subnet.id, find(VPC, scope, subnet.vpcId, ports).networkAclId, ports)
}

function putAcl(scope: Scope, subnet: Subnet, { id, vpcId, isDefault }: NetworkAcl, ports: Ec2): string {
  // unverified: the words of this refusal.
  if (subnet.vpcId !== vpcId)
    throw new AwsError('InvalidParameterValue', `Network ACL ${id} and subnet ${subnet.id} belong to different networks`)
  const { networkAclId: _before, ...kept } = subnet
  const networkAclAssociationId = newId(ports.ids, 'aclassoc')
  save(SUBNET, scope, { ...kept, networkAclAssociationId, ...(!isDefault && { networkAclId: id }) }, ports)
  return networkAclAssociationId
}
