import type { Source } from '#core/aws/reason.ts'
import type { Change, ResourceRecordSet } from '#services/models/route53.ts'
import { isFault, normalName } from './dns-names.ts'
import { bareId, type HostedZone, type RecordSet } from './records.ts'
import { invalidInput } from './refusals.ts'
import { refuseOtherRouting } from './routing.ts'

/** A change that makes sense by itself; whether it fits the zone is another question. */
export interface WantedChange {
  readonly action: 'CREATE' | 'DELETE' | 'UPSERT'
  readonly recordSet: RecordSet
}

/** The change as it is kept, or what is wrong with its names. Throws where it is no change at all. */
export function readChange(change: Change & { readonly source?: Source | undefined }): WantedChange | readonly string[] {
  const { Action: action, ResourceRecordSet: written, source } = change
  refuseOtherRouting(written)
  checkForm(action, written)
  const name = normalName(written.Name)
  if (isFault(name)) return [name.fault]
  const common = { name, type: written.Type, ...(source && { source }) }
  if (!written.AliasTarget) {
    const values = (written.ResourceRecords ?? []).map(({ Value }) => Value)
    return { action, recordSet: { ...common, ttl: written.TTL ?? 0, values } }
  }
  const { HostedZoneId, DNSName, EvaluateTargetHealth } = written.AliasTarget
  const dnsName = normalName(DNSName)
  if (isFault(dnsName)) return [dnsName.fault]
  const alias = { zoneId: bareId(HostedZoneId), dnsName, evaluateTargetHealth: EvaluateTargetHealth }
  return { action, recordSet: { ...common, alias } }
}

/** A record set either has values with a time to live, or is an alias. */
function checkForm(action: string, { Name, Type, TTL, ResourceRecords, AliasTarget }: ResourceRecordSet): void {
  const hasValues = TTL !== undefined && ResourceRecords !== undefined && ResourceRecords.length > 0
  const hasSome = TTL !== undefined || ResourceRecords !== undefined
  if (AliasTarget ? !hasSome : hasValues) return
  throw invalidInput(
    `Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], but found ${AliasTarget ? 'more than one' : 'none'} in Change with [Action=${action}, Name=${Name}, Type=${Type}, SetIdentifier=null]`,
  )
}

/** Whether a change to delete means what is there: values may stand in another order. */
export function isSameRecordSet(a: RecordSet, b: RecordSet): boolean {
  if ('alias' in a || 'alias' in b) {
    if (!('alias' in a && 'alias' in b)) return false
    const same = a.alias.zoneId === b.alias.zoneId && a.alias.dnsName === b.alias.dnsName
    return same && a.alias.evaluateTargetHealth === b.alias.evaluateTargetHealth
  }
  return a.ttl === b.ttl && [...a.values].sort().join('\n') === [...b.values].sort().join('\n')
}

export const keyOf = ({ name, type }: Pick<RecordSet, 'name' | 'type'>): string => `${type} ${name}`

export const find = ({ recordSets }: Pick<HostedZone, 'recordSets'>, { name, type }: Pick<RecordSet, 'name' | 'type'>) =>
  recordSets.find((one) => one.name === name && one.type === type)
