import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import { delegation } from './name-servers.ts'
import { bareId, type DelegationSet, delegationSets, globalScope, hostedZones, newId, type Route53 } from './records.ts'

type Store = Pick<Route53, 'records' | 'ids'>

/** Four name servers to give to several zones; those of a zone that is there already, where one is named. */
export function createDelegationSet(
  scope: Scope,
  { callerReference, zoneId }: { readonly callerReference: string; readonly zoneId?: string | undefined },
  ports: Store,
): DelegationSet {
  const { records, ids } = ports
  const at = globalScope(scope)
  if (records.list(delegationSets, at).some(({ value }) => value.callerReference === callerReference)) {
    // unverified: the words of these refusals.
    throw new AwsError(
      'DelegationSetAlreadyCreated',
      'A delegation set with the same owner and caller reference combination has already been created.',
    )
  }
  const zone = zoneId === undefined ? undefined : records.get(hostedZones, at, bareId(zoneId))
  if (zoneId !== undefined && !zone) throw new AwsError('HostedZoneNotFound', 'The specified HostedZone cannot be found.')
  if (zone?.delegationSetId !== undefined) {
    throw new AwsError('DelegationSetAlreadyReusable', 'The specified delegation set has already been marked as reusable.')
  }
  const nameServers = zone?.nameServers ?? delegation(ids)
  const set: DelegationSet = { id: newId('N', ids), callerReference, nameServers }
  records.put(delegationSets, at, set.id, set)
  if (zone) records.put(hostedZones, at, zone.id, { ...zone, delegationSetId: set.id })
  return set
}

export function getDelegationSet(scope: Scope, id: string, { records }: Pick<Store, 'records'>): DelegationSet {
  const set = records.get(delegationSets, globalScope(scope), bareId(id))
  // unverified: the words.
  if (!set) throw new AwsError('NoSuchDelegationSet', 'A reusable delegation set with the specified ID does not exist.')
  return set
}

export function listDelegationSets(scope: Scope, { records }: Pick<Store, 'records'>): readonly DelegationSet[] {
  return records.list(delegationSets, globalScope(scope)).map(({ value }) => value)
}

export function deleteDelegationSet(scope: Scope, id: string, { records }: Pick<Store, 'records'>): void {
  const set = getDelegationSet(scope, id, { records })
  const isUsed = records.list(hostedZones, globalScope(scope)).some(({ value }) => value.delegationSetId === set.id)
  // unverified: the words.
  if (isUsed) {
    throw new AwsError(
      'DelegationSetInUse',
      'The specified delegation contains associated hosted zones which must be deleted before the reusable delegation set can be deleted.',
    )
  }
  records.delete(delegationSets, globalScope(scope), set.id)
}
