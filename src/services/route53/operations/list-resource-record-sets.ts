import { operation } from '#kit/operation.ts'
import { ListResourceRecordSets } from '#services/models/route53.ts'
import { isFault, normalName, sortKeyOf } from '../dns-names.ts'
import { getHostedZone } from '../hosted-zones.ts'
import { pageOf, pageSize } from '../paging.ts'
import { permission } from '../permission.ts'
import { invalidInput } from '../refusals.ts'
import { shownRecordSet } from '../shown.ts'

export default operation(ListResourceRecordSets, {
  authorize: ({ HostedZoneId }, caller) => permission(caller, 'ListResourceRecordSets', 'hostedzone', HostedZoneId),

  run({ HostedZoneId, StartRecordName, StartRecordType, MaxItems }, caller, ports) {
    const { recordSets } = getHostedZone(caller, HostedZoneId, ports)
    const size = pageSize(MaxItems, 300)
    const from = startOf(StartRecordName, StartRecordType)
    const start = recordSets.findIndex(({ name, type }) => placeOf(name, type) >= from)
    const { items, next } = pageOf(recordSets, start < 0 ? recordSets.length : start, size)
    return {
      ResourceRecordSets: items.map(shownRecordSet),
      IsTruncated: next !== undefined,
      ...(next && { NextRecordName: next.name, NextRecordType: next.type }),
      MaxItems: String(size),
    }
  },
})

const placeOf = (name: string, type: string) => `${sortKeyOf(name)}\0${type}`

function startOf(written: string | undefined, type: string | undefined): string {
  // unverified: the words.
  if (type !== undefined && written === undefined)
    throw invalidInput('A record type can only be specified together with a record name')
  if (written === undefined) return ''
  const name = normalName(written)
  if (isFault(name)) throw invalidInput(name.fault)
  return placeOf(name, type ?? '')
}
