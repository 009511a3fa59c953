import type { Source } from '#core/aws/reason.ts'
import type { Scope } from '#core/aws/scope.ts'
import { positionOfMember } from '#core/template/position.ts'
import type { ResourceRequest } from '#kit/resource.ts'
import type { Change, RRType } from '#services/models/route53.ts'
import type { RecordSet as Written } from '#services/schemas/route53-record-set-group.ts'
import { isFault, normalName } from './dns-names.ts'
import { getHostedZone, listHostedZones } from './hosted-zones.ts'
import { find } from './read-change.ts'
import { changeRecordSets } from './record-sets.ts'
import { bareId, globalScope, type HostedZone, hostedZones, type Route53 } from './records.ts'
import { invalidInput } from './refusals.ts'
import { shownRecordSet } from './shown.ts'

type Store = Pick<Route53, 'records'>

/** A record set as a template writes it, and where. */
export interface TemplateRecord {
  readonly written: Pick<Written, 'Name' | 'Type' | 'TTL' | 'ResourceRecords' | 'AliasTarget'>
  readonly zone: { readonly HostedZoneId?: string; readonly HostedZoneName?: string }
  readonly source?: Source | undefined
}

/** Where the template says what the record set answers. `node` is what was written, with its positions, and `path` where that is. */
export function sourceOf(
  { stack }: Pick<ResourceRequest<unknown>, 'stack'>,
  { AliasTarget }: Pick<Written, 'AliasTarget'>,
  node: unknown,
  path: string,
): Source | undefined {
  const member = AliasTarget ? 'AliasTarget' : 'ResourceRecords'
  const position = positionOfMember(node, member)
  return position && { ...position, path: `${path}.${member}`, stack: stack.name }
}

/** Puts the records that a template has now in the place of those that it had, in one transaction for each zone. */
export function replaceRecords(
  scope: Scope,
  before: readonly TemplateRecord[],
  after: readonly TemplateRecord[],
  ports: Store,
): void {
  const batches = new Map<string, (Change & { readonly source?: Source | undefined })[]>()
  const add = (zoneId: string, change: Change & { readonly source?: Source | undefined }) =>
    batches.set(zoneId, [...(batches.get(zoneId) ?? []), change])
  const wanted = after.map((record) => ({ record, zoneId: zoneIdOf(scope, record.zone, ports) }))
  const had = before.flatMap((record) => {
    const zone = zoneThatIsLeft(scope, record.zone, ports)
    return zone ? [{ record, zone }] : []
  })
  for (const { record, zone } of had) {
    if (wanted.some((one) => one.zoneId === zone.id && isSameSet(one.record, record))) continue
    const current = find(zone, setOf(record))
    if (current) add(zone.id, { Action: 'DELETE', ResourceRecordSet: shownRecordSet(current) })
  }
  for (const { record, zoneId } of wanted) {
    const isThere = had.some(({ record: old, zone }) => zone.id === zoneId && isSameSet(old, record))
    add(zoneId, { ...changeOf(isThere ? 'UPSERT' : 'CREATE', record), source: record.source })
  }
  for (const [zoneId, changes] of batches) changeRecordSets(scope, zoneId, changes, ports)
}

const isSameSet = (a: TemplateRecord, b: TemplateRecord) => {
  const [left, right] = [setOf(a), setOf(b)]
  return left.name === right.name && left.type === right.type
}

function setOf({ written }: TemplateRecord): { readonly name: string; readonly type: RRType } {
  const name = normalName(written.Name)
  return { name: isFault(name) ? written.Name : name, type: typeOf(written.Type) }
}

function changeOf(Action: Change['Action'], { written }: TemplateRecord): Change {
  const { Name, Type, TTL, ResourceRecords, AliasTarget: alias } = written
  const values = {
    ...(TTL !== undefined && { TTL: secondsOf(TTL) }),
    ...(ResourceRecords && { ResourceRecords: ResourceRecords.map((Value) => ({ Value })) }),
    ...(alias && { AliasTarget: { ...alias, EvaluateTargetHealth: alias.EvaluateTargetHealth ?? false } }),
  }
  return { Action, ResourceRecordSet: { Name, Type: typeOf(Type), ...values } }
}

// unverified: the words of both.
function secondsOf(text: string): number {
  if (!/^\d{1,10}$/.test(text) || Number(text) > 2147483647) throw invalidInput(`Invalid request: \`${text}\` is no TTL`)
  return Number(text)
}

function typeOf(text: string): RRType {
  const type = TYPES.find((one) => one === text)
  if (!type)
    throw invalidInput(
      `Value '${text}' at 'type' failed to satisfy constraint: Member must satisfy enum value set: [${TYPES.join(', ')}]`,
    )
  return type
}

const TYPES: readonly RRType[] = [
  ...([
    'SOA',
    'A',
    'TXT',
    'NS',
    'CNAME',
    'MX',
    'NAPTR',
    'PTR',
    'SRV',
    'SPF',
    'AAAA',
    'CAA',
    'DS',
    'TLSA',
    'SSHFP',
    'SVCB',
  ] as const),
  'HTTPS',
]

function zoneIdOf(scope: Scope, zone: TemplateRecord['zone'], ports: Store): string {
  const { HostedZoneId, HostedZoneName } = zone
  // unverified: the words of these.
  if ((HostedZoneId === undefined) === (HostedZoneName === undefined))
    throw invalidInput('Specify either HostedZoneId or HostedZoneName, but not both')
  if (HostedZoneId !== undefined) return getHostedZone(scope, HostedZoneId, ports).id
  const found = zonesNamed(scope, HostedZoneName ?? '', ports)
  if (found.length > 1) throw invalidInput(`More than one hosted zone is named ${HostedZoneName}: specify HostedZoneId`)
  if (!found[0]) throw invalidInput(`No hosted zones named ${HostedZoneName} found`)
  return found[0].id
}

/** The zone that the records are in, unless somebody has deleted it: then they are gone too. */
function zoneThatIsLeft(
  scope: Scope,
  { HostedZoneId, HostedZoneName }: TemplateRecord['zone'],
  ports: Store,
): HostedZone | undefined {
  if (HostedZoneId !== undefined) return ports.records.get(hostedZones, globalScope(scope), bareId(HostedZoneId))
  return zonesNamed(scope, HostedZoneName ?? '', ports)[0]
}

function zonesNamed(scope: Scope, written: string, ports: Store): readonly HostedZone[] {
  const name = normalName(written)
  return listHostedZones(scope, ports).filter((zone) => zone.name === name)
}
