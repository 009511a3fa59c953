import type { Reason } from '../aws/reason.ts'
import { evidence, reason } from './gate.ts'
import type { Network, Vantage } from './network.ts'
import { the } from './places.ts'
import { type AskedType, isWithin, type RecordType, recordsOf, type Zone, type ZoneRecord } from './zones.ts'

/** What a resolver answers to one question. */
export interface Resolution {
  readonly outcome:
    | 'answer'
    /** The name exists, with no records of this type. */
    | 'NODATA'
    /** There is no such name. */
    | 'NXDOMAIN'
    /** The resolver gives up: an endless chain of names. */
    | 'SERVFAIL'
    /** Nobody is asked who could answer. */
    | 'timeout'
  /** The records of the answer section in order: a chain of CNAMEs, then what was asked for. */
  readonly records: readonly AnswerRecord[]
  /** The zone that said no: its SOA record belongs into the answer. */
  readonly zone?: Zone
  readonly because: Reason
  /** What led there, for each name of the chain. */
  readonly passed: readonly Reason[]
  readonly mend: readonly string[]
}

export interface AnswerRecord {
  readonly name: string
  readonly type: RecordType
  /** Seconds. */
  readonly ttl: number
  readonly value: string
}

/** Networks with their names. */
export interface NamedNetwork extends Network {
  readonly zones: readonly Zone[]
}

/** What the name is to somebody at the vantage. Case and a last dot in `name` make no difference; records are given in lower case. */
export function resolve(network: NamedNetwork, vantage: Vantage, name: string, type: AskedType): Resolution {
  const asked = name.toLowerCase().replace(/\.$/, '')
  const view = viewOf(network, vantage)
  if ('because' in view) return { outcome: 'timeout', records: [], passed: [], ...view }
  return follow(view.zones, asked, type, { records: [], passed: [] })
}

type View = { readonly zones: readonly Zone[] } | { readonly because: Reason; readonly mend: readonly string[] }

/** The zones that can be seen, the private ones of the VPC before those of everybody. */
function viewOf({ zones, vpcs, subnets }: NamedNetwork, vantage: Vantage): View {
  const everybodys = zones.filter(({ seenBy }) => seenBy === 'everybody')
  if (vantage.kind === 'internet' || (vantage.kind === 'on-premises' && !vantage.forwardsNames)) return { zones: everybodys }
  const vpc = the(vpcs, vantage.kind === 'subnet' ? the(subnets, vantage.subnetId).vpcId : vantage.vpcId)
  if (vpc.nameServers && vantage.kind === 'subnet') {
    const because = reason('resolve/other-resolver', `the DHCP options of \`${vpc.id}\` send names to other resolvers`)
    return { because, mend: ['use `AmazonProvidedDNS` in the DHCP options'] }
  }
  if (!vpc.dnsSupport) {
    const because = reason('resolve/no-resolver', `\`${vpc.id}\` has its resolver switched off`)
    return { because, mend: [`set \`EnableDnsSupport\` of \`${vpc.id}\` to true`] }
  }
  // Private zones count only where the VPC has both attributes.
  // https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html
  const own = vpc.dnsHostnames ? zones.filter(({ seenBy }) => seenBy !== 'everybody' && seenBy.includes(vpc.id)) : []
  return { zones: [...own, ...everybodys] }
}

interface Chain {
  readonly records: readonly AnswerRecord[]
  readonly passed: readonly Reason[]
}

/** As many links as resolvers usually follow. */
const LONGEST_CHAIN = 16

function follow(zones: readonly Zone[], name: string, type: AskedType, chain: Chain): Resolution {
  if (chain.passed.length > LONGEST_CHAIN) {
    return { ...chain, outcome: 'SERVFAIL', because: reason('resolve/endless', `the chain of names does not end`), mend: [] }
  }
  const zone = zoneOf(zones, name)
  const named = zone && recordsOf(zone, name)
  if (!named && hasNamesBelow(zones, name)) {
    const because = reason('resolve/no-such-type', `\`${name}\` has no records, only names below it`)
    return { ...chain, outcome: 'NODATA', ...(zone && { zone }), because, mend: [] }
  }
  if (!zone) {
    return { ...chain, outcome: 'NXDOMAIN', because: reason('resolve/no-zone', `no zone covers \`${name}\``), mend: [] }
  }
  if (!named) {
    const because = reason('resolve/no-such-name', `${shown(zone)} has no record of \`${name}\``)
    return { ...chain, outcome: 'NXDOMAIN', zone, because, mend: [] }
  }
  const found = named.records.find((record) => record.type === type)
  const cname = named.records.find((record) => record.type === 'CNAME')
  const record = found ?? cname
  if (!record) {
    const because = reason('resolve/no-such-type', `${shown(zone)} has \`${named.owner}\`, without a record of type ${type}`)
    return { ...chain, outcome: 'NODATA', zone, because, mend: [] }
  }
  const because = becauseOf(zone, named.owner, name, record)
  if ('aliasTo' in record) return throughAlias(zones, name, type, record, { ...chain, passed: [...chain.passed, because] })
  const records = [...chain.records, ...answersOf(name, record)]
  if (found || !record.values[0]) return { outcome: 'answer', records, because, passed: chain.passed, mend: [] }
  return follow(zones, targetOf(record.values[0]), type, { records, passed: [...chain.passed, because] })
}

/**
 * An alias is looked up by Route 53 itself, so that a VPC's private names do not lead it astray: that is why an alias to a public API's
 * domain works where a CNAME to it meets the endpoint's wildcard.
 */
function throughAlias(
  zones: readonly Zone[],
  name: string,
  type: AskedType,
  { aliasTo }: Extract<ZoneRecord, { aliasTo: string }>,
  chain: Chain,
): Resolution {
  const everybodys = zones.filter(({ seenBy }) => seenBy === 'everybody')
  const own = zoneOf(zones, name)
  // An alias may also lead to another record of its own zone.
  const seen = own && isWithin(targetOf(aliasTo), own.name) ? [own, ...everybodys] : everybodys
  const target = follow(seen, targetOf(aliasTo), type, { records: [], passed: chain.passed })
  if (target.outcome === 'SERVFAIL') return { ...target, records: chain.records }
  const values = target.records.filter((record) => record.type === type)
  const records = [...chain.records, ...values.map((record) => ({ ...record, name }))]
  // The alias's own name exists, whatever its target is.
  return { ...target, records, outcome: values.length > 0 ? 'answer' : 'NODATA', ...(own && { zone: own }) }
}

/** The zone that answers for the name: the longest that covers it, and of two the private one. */
function zoneOf(zones: readonly Zone[], name: string): Zone | undefined {
  let best: Zone | undefined
  for (const zone of zones) {
    if (isWithin(name, zone.name) && zone.name.length > (best?.name.length ?? -1)) best = zone
  }
  return best
}

/** Where nothing is at a name, and another zone begins below it: that the name does not exist would be said of that zone too (RFC 8020). */
function hasNamesBelow(zones: readonly Zone[], name: string): boolean {
  return name === '' || zones.some((zone) => isWithin(zone.name, name))
}

const targetOf = (value: string): string => value.toLowerCase().replace(/\.$/, '')

function answersOf(name: string, record: Exclude<ZoneRecord, { aliasTo: string }>): AnswerRecord[] {
  return record.values.map((value) => ({ name, type: record.type, ttl: record.ttl, value }))
}

function becauseOf(zone: Zone, owner: string, name: string, record: ZoneRecord): Reason {
  const what = 'aliasTo' in record ? `an alias to \`${record.aliasTo}\`` : record.values.join(', ')
  const found = [evidence('record', `${owner} ${record.type} ${what}`, record.source)]
  if (owner === name) return reason('resolve/found', `${shown(zone)} has \`${name}\`: ${record.type} ${what}`, found)
  return reason('resolve/wildcard', `${shown(zone)} answers \`${name}\` with \`${owner}\`: ${record.type} ${what}`, found)
}

function shown({ name, seenBy, keptBy }: Zone): string {
  const kind = seenBy === 'everybody' ? 'public' : 'private'
  return `the ${kind} zone \`${name}\`${keptBy === undefined ? '' : ` of ${keptBy}`}`
}
