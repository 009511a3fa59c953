import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import type { VPC } from '#services/models/route53.ts'
import { refuseConflict } from './conflicts.ts'
import { findAnywhere, getHostedZone, saveHostedZone } from './hosted-zones.ts'
import { type HostedZone, isSameVpc, type Route53, type ZoneVpc } from './records.ts'
import { invalidVpc } from './refusals.ts'

type Store = Pick<Route53, 'records' | 'vpcs'>

/** The VPC that a request names; both parts must be there. */
export function namedVpc({ VPCId, VPCRegion }: VPC): ZoneVpc {
  if (!VPCId || !VPCRegion || !/^vpc-[0-9a-f]{8,17}$/.test(VPCId)) throw invalidVpc()
  return { id: VPCId, region: VPCRegion }
}

/** A VPC of the account itself, as a zone may have it without further ado. */
export function ownVpc(scope: Scope, written: VPC, { vpcs }: Pick<Store, 'vpcs'>): ZoneVpc {
  const vpc = namedVpc(written)
  if (vpcs.ownerOf(vpc.region, vpc.id) !== scope.account) throw invalidVpc()
  return vpc
}

/** Associates a VPC of the caller's account, with a zone of the same account or one that authorized it. unverified: the words of refusals here. */
export function associateVpc(scope: Scope, zoneId: string, written: VPC, ports: Store): void {
  const vpc = namedVpc(written)
  const { zone, owner } = findAnywhere(zoneId, ports)
  if (ports.vpcs.ownerOf(vpc.region, vpc.id) !== scope.account) throw invalidVpc()
  const isAuthorized = zone.authorized.some(isSameVpc(vpc))
  if (owner.account !== scope.account && !isAuthorized) {
    throw new AwsError(
      'NotAuthorizedException',
      'Associating the specified VPC with the specified hosted zone has not been authorized.',
    )
  }
  if (!zone.isPrivate) {
    throw new AwsError(
      'PublicZoneVPCAssociation',
      "You're trying to associate a VPC with a public hosted zone. Amazon Route 53 doesn't support associating a VPC with a public hosted zone.",
    )
  }
  refuseConflict(vpc, zone.name, ports)
  saveHostedZone(owner, { ...zone, vpcs: [...zone.vpcs, vpc] }, ports)
}

/** Either side may end an association: the zone's account, or the VPC's. */
export function disassociateVpc(scope: Scope, zoneId: string, written: VPC, ports: Store): void {
  const vpc = namedVpc(written)
  const { zone, owner } = findAnywhere(zoneId, ports)
  const isOwn = owner.account === scope.account || ports.vpcs.ownerOf(vpc.region, vpc.id) === scope.account
  if (!isOwn || !zone.vpcs.some(isSameVpc(vpc))) {
    throw new AwsError('VPCAssociationNotFound', 'The specified VPC and hosted zone are not currently associated.')
  }
  if (zone.vpcs.length === 1) {
    throw new AwsError('LastVPCAssociation', 'Cannot remove last VPC association for the private zone')
  }
  saveHostedZone(owner, { ...zone, vpcs: zone.vpcs.filter((one) => !isSameVpc(vpc)(one)) }, ports)
}

/** Lets another account associate this VPC of its own. Whether there is such a VPC only that account learns. */
export function authorizeVpc(scope: Scope, zoneId: string, written: VPC, { records }: Pick<Store, 'records'>): HostedZone {
  const vpc = namedVpc(written)
  const zone = getHostedZone(scope, zoneId, { records })
  if (zone.authorized.some(isSameVpc(vpc))) return zone
  return saveHostedZone(scope, { ...zone, authorized: [...zone.authorized, vpc] }, { records })
}

export function deauthorizeVpc(scope: Scope, zoneId: string, written: VPC, { records }: Pick<Store, 'records'>): void {
  const vpc = namedVpc(written)
  const zone = getHostedZone(scope, zoneId, { records })
  if (!zone.authorized.some(isSameVpc(vpc))) {
    throw new AwsError(
      'VPCAssociationAuthorizationNotFound',
      'The VPC that you specified is not authorized to be associated with the hosted zone.',
    )
  }
  saveHostedZone(scope, { ...zone, authorized: zone.authorized.filter((one) => !isSameVpc(vpc)(one)) }, { records })
}
