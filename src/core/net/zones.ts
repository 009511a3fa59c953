import type { Source } from '../aws/reason.ts'

/** A zone of names, and who sees it. AWS's own zones are such too: they are made from APIs and endpoints. */
export interface Zone {
  readonly id: string
  /** Lower case, without the last dot. */
  readonly name: string
  /** The VPCs that a private zone is associated with. */
  readonly seenBy: 'everybody' | readonly string[]
  /** Who keeps it, where no user does: an endpoint's private DNS, or a service of AWS. */
  readonly keptBy?: string
  readonly records: readonly ZoneRecord[]
}

export type ZoneRecord = {
  /** Lower case, without the last dot; its first label may be `*`. */
  readonly name: string
  readonly source?: Source
} & (
  | { readonly type: RecordType; readonly ttl: number; readonly values: readonly string[] }
  /** Answers with the addresses of another name, as Route 53 looks it up itself: outside of any VPC. */
  | { readonly type: RecordType; readonly aliasTo: string }
)

/** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html */
export type RecordType =
  | 'A'
  | 'AAAA'
  | 'CAA'
  | 'CNAME'
  | 'DS'
  | 'HTTPS'
  | 'MX'
  | 'NAPTR'
  | 'NS'
  | 'PTR'
  | 'SOA'
  | 'SPF'
  | 'SRV'
  | 'SSHFP'
  | 'SVCB'
  | 'TLSA'
  | 'TXT'

/** What can be asked for: types that no zone here can have are asked for by number (RFC 3597). */
export type AskedType = RecordType | `TYPE${number}`

/** What a zone holds of one name. */
export interface Named {
  /** The records' own name: with a `*` where a wildcard covers the name. */
  readonly owner: string
  readonly records: readonly ZoneRecord[]
}

/**
 * The records of the name, else those of the wildcard nearest to it. A wildcard covers names of any depth below it, unless a name
 * between the two exists (RFC 4592), if only because there are names below that.
 */
export function recordsOf(zone: Zone, name: string): Named | undefined {
  const names = namesIn(zone)
  const own = names.get(name)
  if (own) return { owner: name, records: own }
  for (let parent = parentOf(name); parent !== undefined && isWithin(parent, zone.name); parent = parentOf(parent)) {
    const wildcard = names.get(`*.${parent}`)
    if (wildcard) return { owner: `*.${parent}`, records: wildcard }
    if (names.has(parent)) return undefined
  }
  return undefined
}

type SoaRecord = Extract<ZoneRecord, { readonly values: readonly string[] }>

/** The zone's SOA record. A zone of AWS's own has that of Route 53's private zones, since nobody wrote it one. */
export function soaOf(zone: Zone): SoaRecord {
  return writtenSoaOf(zone) ?? { name: zone.name, type: 'SOA', ttl: 900, values: [SOA] }
}

function writtenSoaOf({ name, records }: Zone): SoaRecord | undefined {
  return records.find((record): record is SoaRecord => record.type === 'SOA' && record.name === name)
}

// unverified: the name server. The numbers: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/SOA-NSrecords.html
const SOA = 'ns-1536.awsdns-00.co.uk. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400'

const known = new WeakMap<Zone, ReadonlyMap<string, readonly ZoneRecord[]>>()

/** Every name that exists, those without records of their own included; made once a zone. */
function namesIn(zone: Zone): ReadonlyMap<string, readonly ZoneRecord[]> {
  const found = known.get(zone)
  if (found) return found
  const names = new Map<string, ZoneRecord[]>([[zone.name, []]])
  for (const record of writtenSoaOf(zone) ? zone.records : [...zone.records, soaOf(zone)]) {
    for (let name: string | undefined = record.name; name !== undefined && isWithin(name, zone.name); name = parentOf(name)) {
      if (!names.has(name)) names.set(name, [])
    }
    names.get(record.name)?.push(record)
  }
  known.set(zone, names)
  return names
}

export function isWithin(name: string, zoneName: string): boolean {
  return name === zoneName || name.endsWith(`.${zoneName}`)
}

function parentOf(name: string): string | undefined {
  const dot = name.indexOf('.')
  return dot < 0 ? undefined : name.slice(dot + 1)
}
