import type { Zone, ZoneRecord } from '#core/net/zones.ts'
import type { Ports } from '#kit/ports.ts'
import { isNameWithin, plainName } from './dns-names.ts'
import { type HostedZone, hostedZones, type RecordSet } from './records.ts'

/**
 * The hosted zones of every account as names are looked up in them: a public one is seen by everybody, as if its parent delegated to it,
 * and of two with the same name the older; a private one by its VPCs. The same zone as long as nothing in it changes.
 */
export function readZones({ records }: Pick<Ports, 'records'>): readonly Zone[] {
  return records
    .all(hostedZones)
    .map(({ value }) => value)
    .filter(({ isPrivate, name }) => isPrivate || !AWS_OWN.some((own) => isNameWithin(name, own)))
    .sort((a, b) => a.createdAt - b.createdAt)
    .map(zoneOf)
}

/** Anybody may make a public zone of these names, and nobody's resolver will ask it. */
const AWS_OWN = ['amazonaws.com.', 'amazonaws.com.cn.']

const known = new WeakMap<HostedZone, Zone>()

export function zoneOf(hosted: HostedZone): Zone {
  const found = known.get(hosted)
  if (found) return found
  const { id, name, isPrivate, vpcs, recordSets } = hosted
  const seenBy = isPrivate ? vpcs.map((vpc) => vpc.id) : 'everybody'
  const zone: Zone = { id, name: plainName(name), seenBy, records: recordSets.map(recordOf) }
  known.set(hosted, zone)
  return zone
}

function recordOf(recordSet: RecordSet): ZoneRecord {
  const { type, source } = recordSet
  const common = { name: plainName(recordSet.name), type, ...(source && { source }) }
  if ('alias' in recordSet) return { ...common, aliasTo: plainName(recordSet.alias.dnsName) }
  return { ...common, ttl: recordSet.ttl, values: recordSet.values }
}
