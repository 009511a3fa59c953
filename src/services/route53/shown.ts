import type {
  ResourceRecordSet,
  DelegationSet as ShownDelegationSet,
  HostedZone as ShownZone,
  VPC,
  VPCRegion,
} from '#services/models/route53.ts'
import type { DelegationSet, HostedZone, RecordSet, ZoneVpc } from './records.ts'

export function shownZone({ id, name, callerReference, comment, isPrivate, recordSets }: HostedZone): ShownZone {
  return {
    Id: `/hostedzone/${id}`,
    Name: name,
    CallerReference: callerReference,
    Config: { ...(comment !== undefined && { Comment: comment }), PrivateZone: isPrivate },
    ResourceRecordSetCount: recordSets.length,
  }
}

/** The delegation of a public zone; a private zone has none. */
export function shownDelegation({ isPrivate, nameServers, delegationSetId }: HostedZone): ShownDelegationSet | undefined {
  if (isPrivate) return undefined
  return { ...(delegationSetId !== undefined && { Id: `/delegationset/${delegationSetId}` }), NameServers: nameServers }
}

export function shownDelegationSet({ id, callerReference, nameServers }: DelegationSet): ShownDelegationSet {
  return { Id: `/delegationset/${id}`, CallerReference: callerReference, NameServers: nameServers }
}

export function shownVpc({ id, region }: ZoneVpc): VPC {
  // INVARIANT: a region is checked against the model when it comes in.
  return { VPCRegion: region as VPCRegion, VPCId: id }
}

export function shownRecordSet(recordSet: RecordSet): ResourceRecordSet {
  const { name, type } = recordSet
  if ('values' in recordSet) {
    return { Name: name, Type: type, TTL: recordSet.ttl, ResourceRecords: recordSet.values.map((Value) => ({ Value })) }
  }
  const { zoneId, dnsName, evaluateTargetHealth } = recordSet.alias
  return {
    Name: name,
    Type: type,
    AliasTarget: { HostedZoneId: zoneId, DNSName: dnsName, EvaluateTargetHealth: evaluateTargetHealth },
  }
}
