import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import type { ResourceTagSet, Tag, TagResourceType } from '#services/models/route53.ts'
import { getHostedZone, saveHostedZone } from './hosted-zones.ts'
import { bareId, type HostedZone, type Route53 } from './records.ts'

type Store = Pick<Route53, 'records'>

export interface Tagged {
  readonly type: TagResourceType
  readonly id: string
}

export function tagsOf(scope: Scope, tagged: Tagged, ports: Store): ResourceTagSet {
  const { tags } = taggedZone(scope, tagged, ports)
  return {
    ResourceType: tagged.type,
    ResourceId: bareId(tagged.id),
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  }
}

export function changeTags(
  scope: Scope,
  tagged: Tagged,
  { add = {}, remove = [] }: { readonly add?: Readonly<Record<string, string>>; readonly remove?: readonly string[] },
  ports: Store,
): void {
  const zone = taggedZone(scope, tagged, ports)
  const kept = Object.entries(zone.tags).filter(([key]) => !remove.includes(key))
  saveHostedZone(scope, { ...zone, tags: { ...Object.fromEntries(kept), ...add } }, ports)
}

export function tagMap(tags: readonly Tag[] | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries((tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]))
}

function taggedZone(scope: Scope, { type, id }: Tagged, ports: Store): HostedZone {
  // There are no health checks here. unverified: the words.
  if (type === 'healthcheck')
    throw new AwsError('NoSuchHealthCheck', `No health check exists with the specified ID: ${bareId(id)}`)
  return getHostedZone(scope, id, ports)
}
