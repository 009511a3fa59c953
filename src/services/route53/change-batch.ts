import { isNameWithin, sortKeyOf } from './dns-names.ts'
import { isSameRecordSet, keyOf, type WantedChange } from './read-change.ts'
import { valueFault } from './record-values.ts'
import type { HostedZone, RecordSet } from './records.ts'
import { invalidBatch } from './refusals.ts'

type Sets = Map<string, RecordSet>

/** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html#limits-api-requests-changeresourcerecordsets */
const MOST_VALUES = 1000

/**
 * The zone's record sets after all of these changes, in the order in which they are listed. Throws everything that is wrong with them
 * at once; then nothing has changed.
 */
export function changedRecordSets(
  zone: HostedZone,
  changes: readonly WantedChange[],
  /** The zone that an alias targets, of whichever account. */
  zoneOf: (id: string) => HostedZone | undefined,
): readonly RecordSet[] {
  const sets: Sets = new Map(zone.recordSets.map((one) => [keyOf(one), one]))
  const wrong = [...tooMany(changes), ...unclear(changes), ...changes.flatMap((change) => apply(sets, change, zone))]
  const kept = changes.filter(({ action }) => action !== 'DELETE').map(({ recordSet }) => recordSet)
  if (wrong.length === 0)
    wrong.push(...requiredFaults(sets, zone), ...kept.flatMap((one) => placeFaults(one, sets, zone, zoneOf)))
  if (wrong.length > 0) throw invalidBatch([...new Set(wrong)])
  return inOrder(sets.values())
}

/** By name from the last label to the first, then by type. */
export function inOrder(sets: Iterable<RecordSet>): readonly RecordSet[] {
  const placed = [...sets].map((one) => ({ one, place: `${sortKeyOf(one.name)}\0${one.type}` }))
  return placed.sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0)).map(({ one }) => one)
}

function tooMany(changes: readonly WantedChange[]): string[] {
  // Each `UPSERT` counts twice.
  const count = changes.reduce((total, { action, recordSet }) => {
    return total + ('values' in recordSet ? recordSet.values.length : 1) * (action === 'UPSERT' ? 2 : 1)
  }, 0)
  return count > MOST_VALUES ? [`Number of records limit of ${MOST_VALUES} exceeded.`] : []
}

/** A record set may be changed once, or be deleted and then made anew. */
function unclear(changes: readonly WantedChange[]): string[] {
  const actions = new Map<string, string[]>()
  for (const { action, recordSet } of changes) {
    const key = keyOf(recordSet)
    actions.set(key, [...(actions.get(key) ?? []), action])
  }
  return [...actions]
    .filter(([, all]) => all.length > 1 && all.join() !== 'DELETE,CREATE')
    .map(([key]) => `The request contains an invalid set of changes for a resource record set '${key}'`)
}

function apply(sets: Sets, { action, recordSet }: WantedChange, zone: HostedZone): string[] {
  const key = keyOf(recordSet)
  const { name, type } = recordSet
  if (!isNameWithin(name, zone.name)) return [`RRSet with DNS name ${name} is not permitted in zone ${zone.name}`]
  const faults = valueFaults(recordSet)
  if (faults.length > 0) return faults
  const before = sets.get(key)
  const what = `resource record set [name='${name}', type='${type}']`
  if (action === 'CREATE' && before) return [`Tried to create ${what} but it already exists`]
  if (action === 'DELETE') {
    if (!before) return [`Tried to delete ${what} but it was not found`]
    if (!isSameRecordSet(before, recordSet)) {
      return [`Tried to delete ${what} but the values provided do not match the current values`]
    }
    sets.delete(key)
  } else sets.set(key, recordSet)
  return []
}

function valueFaults(recordSet: RecordSet): string[] {
  if (!('values' in recordSet)) return []
  const { type, values } = recordSet
  const repeated = values.filter((value, index) => values.indexOf(value) < index)
  const wrong = values.flatMap((value) => valueFault(type, value) ?? [])
  return [
    ...wrong.map((fault) => `Invalid Resource Record: '${fault}'`),
    ...repeated.map((one) => `Duplicate Resource Record: '${one}'`),
  ]
}

/** What a zone must keep. */
function requiredFaults(sets: Sets, { name }: HostedZone): string[] {
  return [
    ...(sets.has(keyOf({ name, type: 'SOA' })) ? [] : ['A HostedZone must contain exactly one SOA record.']),
    ...(sets.has(keyOf({ name, type: 'NS' })) ? [] : ['A HostedZone must contain at least one NS record for the zone itself.']),
  ]
}

/** Whether a record set may stand where it is, beside the others. */
function placeFaults(
  recordSet: RecordSet,
  sets: Sets,
  zone: HostedZone,
  zoneOf: (id: string) => HostedZone | undefined,
): string[] {
  const { name, type } = recordSet
  const what = `RRSet of type ${type} with DNS name ${name} is not permitted`
  if (type === 'SOA' && name !== zone.name) return [`${what} because an SOA record must be at the apex of zone ${zone.name}`]
  if (type === 'CNAME' && name === zone.name) return [`${what} at apex in zone ${zone.name}`]
  const others = [...sets.values()].filter((one) => one.name === name && one.type !== type)
  if (type === 'CNAME' && others.length > 0)
    return [`${what} as it conflicts with other records with the same DNS name in zone ${zone.name}`]
  if (others.some((one) => one.type === 'CNAME'))
    return [`${what} because a conflicting RRSet of type CNAME with the same DNS name already exists in zone ${zone.name}`]
  return 'alias' in recordSet ? aliasFaults(recordSet, sets, zone, zoneOf) : []
}

/** An alias within a zone of Route 53's must find its target there; the zones of AWS's services are taken at their word. */
function aliasFaults(
  { type, alias }: RecordSet & { readonly alias: { readonly zoneId: string; readonly dnsName: string } },
  sets: Sets,
  zone: HostedZone,
  zoneOf: (id: string) => HostedZone | undefined,
): string[] {
  const target = alias.zoneId === zone.id ? zone : zoneOf(alias.zoneId)
  if (!target) return []
  const what = `Tried to create an alias that targets ${alias.dnsName}, type ${type} in zone ${alias.zoneId}`
  const found =
    target === zone
      ? sets.has(keyOf({ name: alias.dnsName, type }))
      : target.recordSets.some((one) => one.name === alias.dnsName && one.type === type)
  return [
    ...(isNameWithin(alias.dnsName, target.name)
      ? []
      : [`${what}, but the alias target name does not lie within the target zone`]),
    ...(found ? [] : [`${what}, but that target was not found`]),
  ]
}
