import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import { refuseConflict } from './conflicts.ts'
import { getDelegationSet } from './delegation-sets.ts'
import { isFault, normalName } from './dns-names.ts'
import { delegation, PRIVATE_NAME_SERVERS } from './name-servers.ts'
import {
  bareId,
  globalScope,
  type HostedZone,
  hostedZones,
  newId,
  type RecordSet,
  type Route53,
  type ZoneVpc,
} from './records.ts'
import { noSuchHostedZone } from './refusals.ts'

type Store = Pick<Route53, 'records' | 'ids' | 'clock'>

export interface WantedZone {
  readonly name: string
  readonly callerReference: string
  readonly comment?: string | undefined
  /** A private zone's first VPC. */
  readonly vpc?: ZoneVpc | undefined
  readonly delegationSetId?: string | undefined
  readonly tags?: Readonly<Record<string, string>>
}

/** Makes a zone with the two record sets that AWS puts into each: its name servers, and its start of authority. */
export function createHostedZone(scope: Scope, wanted: WantedZone, ports: Store): HostedZone {
  const name = zoneName(wanted.name)
  if (listHostedZones(scope, ports).some(({ callerReference }) => callerReference === wanted.callerReference)) {
    throw new AwsError('HostedZoneAlreadyExists', 'A hosted zone has already been created with the specified caller reference.', {
      status: 409,
    })
  }
  if (wanted.vpc) refuseConflict(wanted.vpc, name, ports)
  const nameServers = wanted.vpc ? PRIVATE_NAME_SERVERS : publicServers(scope, wanted.delegationSetId, ports)
  return saveHostedZone(
    scope,
    {
      id: newId('Z', ports.ids),
      name,
      callerReference: wanted.callerReference,
      ...(wanted.comment !== undefined && { comment: wanted.comment }),
      vpcs: wanted.vpc ? [wanted.vpc] : [],
      authorized: [],
      isPrivate: wanted.vpc !== undefined,
      nameServers,
      ...(wanted.delegationSetId !== undefined && { delegationSetId: bareId(wanted.delegationSetId) }),
      tags: wanted.tags ?? {},
      recordSets: firstRecords(name, nameServers),
      createdAt: ports.clock.now(),
    },
    ports,
  )
}

function publicServers(scope: Scope, setId: string | undefined, ports: Store): readonly string[] {
  return setId === undefined ? delegation(ports.ids) : getDelegationSet(scope, setId, ports).nameServers
}

function zoneName(written: string): string {
  const name = written === '.' ? { fault: 'The root domain cannot be a hosted zone' } : normalName(written)
  // unverified: how the code and the words go together.
  if (isFault(name)) throw new AwsError('InvalidDomainName', name.fault)
  return name
}

/** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/SOA-NSrecords.html */
function firstRecords(name: string, nameServers: readonly string[]): readonly RecordSet[] {
  const authority = `${nameServers[0]}. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400`
  return [
    { name, type: 'NS', ttl: 172800, values: nameServers.map((server) => `${server}.`) },
    { name, type: 'SOA', ttl: 900, values: [authority] },
  ]
}

export function getHostedZone(scope: Scope, id: string, { records }: Pick<Store, 'records'>): HostedZone {
  const zone = records.get(hostedZones, globalScope(scope), bareId(id))
  if (!zone) throw noSuchHostedZone(bareId(id))
  return zone
}

/** The zone of whichever account. */
export function findAnywhere(id: string, { records }: Pick<Store, 'records'>): { zone: HostedZone; owner: Scope } {
  const entry = records.all(hostedZones).find(({ key }) => key === bareId(id))
  if (!entry) throw noSuchHostedZone(bareId(id))
  return { zone: entry.value, owner: entry.scope }
}

/** The account's zones, by id. */
export function listHostedZones(scope: Scope, { records }: Pick<Store, 'records'>): readonly HostedZone[] {
  return records.list(hostedZones, globalScope(scope)).map(({ value }) => value)
}

export function saveHostedZone(scope: Scope, zone: HostedZone, { records }: Pick<Store, 'records'>): HostedZone {
  records.put(hostedZones, globalScope(scope), zone.id, zone)
  return zone
}

export function deleteHostedZone(scope: Scope, id: string, { records }: Pick<Store, 'records'>): void {
  const zone = getHostedZone(scope, id, { records })
  const isRequired = ({ name, type }: RecordSet) => name === zone.name && (type === 'NS' || type === 'SOA')
  if (!zone.recordSets.every(isRequired)) {
    // Both spaces are AWS's.
    throw new AwsError(
      'HostedZoneNotEmpty',
      'The specified hosted zone contains non-required resource record sets  and so cannot be deleted.',
    )
  }
  records.delete(hostedZones, globalScope(scope), zone.id)
}

/** No comment takes away the one that there was. */
export function commentZone(
  scope: Scope,
  id: string,
  comment: string | undefined,
  { records }: Pick<Store, 'records'>,
): HostedZone {
  const { comment: _before, ...zone } = getHostedZone(scope, id, { records })
  return saveHostedZone(scope, { ...zone, ...(comment !== undefined && { comment }) }, { records })
}
