import { AwsError } from '#core/aws/aws-error.ts'
import { operation } from '#kit/operation.ts'
import { ListHostedZonesByName } from '#services/models/route53.ts'
import { isFault, normalName, sortKeyOf } from '../dns-names.ts'
import { listHostedZones } from '../hosted-zones.ts'
import { pageOf, pageSize } from '../paging.ts'
import { anything } from '../permission.ts'
import { bareId, type HostedZone } from '../records.ts'
import { invalidInput } from '../refusals.ts'
import { shownZone } from '../shown.ts'

export default operation(ListHostedZonesByName, {
  authorize: () => anything('ListHostedZonesByName'),

  run({ DNSName, HostedZoneId, MaxItems }, caller, ports) {
    const size = pageSize(MaxItems, 100)
    // unverified: the words.
    if (HostedZoneId !== undefined && DNSName === undefined)
      throw invalidInput('A hosted zone ID can only be specified together with a DNS name')
    const from = DNSName === undefined ? '' : placeOf({ name: nameOf(DNSName), id: bareId(HostedZoneId ?? '') })
    const all = [...listHostedZones(caller, ports)].sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
    const start = all.findIndex((zone) => placeOf(zone) >= from)
    const { items, next } = pageOf(all, start < 0 ? all.length : start, size)
    return {
      HostedZones: items.map(shownZone),
      DNSName,
      HostedZoneId,
      IsTruncated: next !== undefined,
      ...(next && { NextDNSName: next.name, NextHostedZoneId: next.id }),
      MaxItems: String(size),
    }
  },
})

/** By name from the last label to the first, then by id. */
function placeOf({ name, id }: Pick<HostedZone, 'name' | 'id'>): string {
  return `${sortKeyOf(name)}\0${id}`
}

function nameOf(written: string): string {
  const name = normalName(written)
  if (isFault(name)) throw new AwsError('InvalidDomainName', name.fault)
  return name
}
