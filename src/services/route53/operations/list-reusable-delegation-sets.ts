import { operation } from '#kit/operation.ts'
import { ListReusableDelegationSets } from '#services/models/route53.ts'
import { listDelegationSets } from '../delegation-sets.ts'
import { pageOf, pageSize } from '../paging.ts'
import { anything } from '../permission.ts'
import { bareId } from '../records.ts'
import { shownDelegationSet } from '../shown.ts'

export default operation(ListReusableDelegationSets, {
  authorize: () => anything('ListReusableDelegationSets'),

  run({ Marker = '', MaxItems }, caller, ports) {
    const size = pageSize(MaxItems, 100)
    const all = listDelegationSets(caller, ports)
    const start = all.findIndex(({ id }) => id >= bareId(Marker))
    const { items, next } = pageOf(all, start < 0 ? all.length : start, size)
    return {
      DelegationSets: items.map(shownDelegationSet),
      ...(Marker !== '' && { Marker }),
      IsTruncated: next !== undefined,
      ...(next && { NextMarker: next.id }),
      MaxItems: String(size),
    }
  },
})
