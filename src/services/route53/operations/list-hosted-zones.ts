import { operation } from '#kit/operation.ts'
import { ListHostedZones } from '#services/models/route53.ts'
import { getDelegationSet } from '../delegation-sets.ts'
import { listHostedZones } from '../hosted-zones.ts'
import { pageOf, pageSize } from '../paging.ts'
import { anything } from '../permission.ts'
import { bareId } from '../records.ts'
import { shownZone } from '../shown.ts'

export default operation(ListHostedZones, {
  authorize: () => anything('ListHostedZones'),

  run({ Marker = '', MaxItems, DelegationSetId, HostedZoneType }, caller, ports) {
    const size = pageSize(MaxItems, 100)
    const setId = DelegationSetId && getDelegationSet(caller, DelegationSetId, ports).id
    const all = listHostedZones(caller, ports).filter(
      (zone) => (!setId || zone.delegationSetId === setId) && (!HostedZoneType || zone.isPrivate),
    )
    const start = all.findIndex(({ id }) => id >= bareId(Marker))
    const { items, next } = pageOf(all, start < 0 ? all.length : start, size)
    return {
      HostedZones: items.map(shownZone),
      ...(Marker !== '' && { Marker }),
      IsTruncated: next !== undefined,
      ...(next && { NextMarker: next.id }),
      MaxItems: String(size),
    }
  },
})
