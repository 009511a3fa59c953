import type { Source } from '#core/aws/reason.ts'
import type { Scope } from '#core/aws/scope.ts'
import type { Change } from '#services/models/route53.ts'
import { changedRecordSets } from './change-batch.ts'
import { getHostedZone, saveHostedZone } from './hosted-zones.ts'
import { readChange, type WantedChange } from './read-change.ts'
import { type HostedZone, hostedZones, type Route53 } from './records.ts'
import { invalidBatch } from './refusals.ts'

/** Changes a zone's record sets: all of it or nothing. */
export function changeRecordSets(
  scope: Scope,
  zoneId: string,
  changes: readonly (Change & { readonly source?: Source | undefined })[],
  { records }: Pick<Route53, 'records'>,
): HostedZone {
  const zone = getHostedZone(scope, zoneId, { records })
  const read = changes.map(readChange)
  const faults = read.flatMap((one) => (isChange(one) ? [] : one))
  if (faults.length > 0) throw invalidBatch(faults)
  const zoneOf = (id: string) => records.all(hostedZones).find(({ key }) => key === id)?.value
  return saveHostedZone(scope, { ...zone, recordSets: changedRecordSets(zone, read.filter(isChange), zoneOf) }, { records })
}

function isChange(read: WantedChange | readonly string[]): read is WantedChange {
  return 'action' in read
}
