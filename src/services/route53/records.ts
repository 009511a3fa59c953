import type { Source } from '#core/aws/reason.ts'
import { GLOBAL, type Scope } from '#core/aws/scope.ts'
import type { RecordType } from '#core/net/zones.ts'
import type { Ids, Ports } from '#kit/ports.ts'
import { table } from '#kit/records.ts'

/** A zone with everything in it: one record, so that a batch of changes is stored wholly or not at all. */
export interface HostedZone {
  /** Without `/hostedzone/`. */
  readonly id: string
  /** As Route 53 writes it: see `dns-names.ts`. */
  readonly name: string
  readonly callerReference: string
  readonly comment?: string
  /** A private zone's; none makes it public. */
  readonly vpcs: readonly ZoneVpc[]
  /** VPCs of other accounts that may be associated. */
  readonly authorized: readonly ZoneVpc[]
  readonly isPrivate: boolean
  /** Without a last dot. */
  readonly nameServers: readonly string[]
  readonly delegationSetId?: string
  readonly tags: Readonly<Record<string, string>>
  /** In the order in which they are listed. */
  readonly recordSets: readonly RecordSet[]
  /** Milliseconds since 1970. */
  readonly createdAt: number
}

export interface ZoneVpc {
  readonly id: string
  readonly region: string
}

export const isSameVpc = (a: ZoneVpc) => (b: ZoneVpc) => a.id === b.id && a.region === b.region

/** Records of one name and type, of simple routing: the only one there is here. */
export type RecordSet = {
  readonly name: string
  readonly type: RecordType
  /** Where a template writes it. */
  readonly source?: Source
} & ({ readonly ttl: number; readonly values: readonly string[] } | { readonly alias: AliasTarget })

export interface AliasTarget {
  readonly zoneId: string
  /** As Route 53 writes it. */
  readonly dnsName: string
  readonly evaluateTargetHealth: boolean
}

/** Something that was changed, as `GetChange` tells of it. */
export interface Change {
  readonly id: string
  readonly comment?: string
  readonly submittedAt: number
}

export interface DelegationSet {
  readonly id: string
  readonly callerReference: string
  readonly nameServers: readonly string[]
}

export const hostedZones = table<HostedZone>('route53/hosted-zones')
export const changes = table<Change>('route53/changes')
export const delegationSets = table<DelegationSet>('route53/delegation-sets')

export type Route53 = Pick<Ports, 'records' | 'ids' | 'clock' | 'vpcs'>

/** Route 53 knows no regions: all of an account's records are in one place. */
export function globalScope({ account }: Pick<Scope, 'account'>): Scope {
  return { account, region: GLOBAL }
}

/** `Z` and twenty upper-case letters and digits; the letter says what it is. */
export function newId(letter: 'Z' | 'C' | 'N', ids: Pick<Ids, 'alphanumeric'>): string {
  return `${letter}${ids.alphanumeric(20).toUpperCase()}`
}

/** Ids may come with what they are in front: `/hostedzone/Z123`. */
export function bareId(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1)
}
