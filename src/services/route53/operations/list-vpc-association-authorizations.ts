import { operation } from '#kit/operation.ts'
import { ListVPCAssociationAuthorizations } from '#services/models/route53.ts'
import { getHostedZone } from '../hosted-zones.ts'
import { pageOf, pageSize } from '../paging.ts'
import { permission } from '../permission.ts'
import { invalidToken } from '../refusals.ts'
import { shownVpc } from '../shown.ts'

export default operation(ListVPCAssociationAuthorizations, {
  authorize: ({ HostedZoneId }, caller) => permission(caller, 'ListVPCAssociationAuthorizations', 'hostedzone', HostedZoneId),

  run({ HostedZoneId, NextToken, MaxResults }, caller, ports) {
    const { id, authorized } = getHostedZone(caller, HostedZoneId, ports)
    const start = NextToken === undefined ? 0 : authorized.findIndex((vpc) => vpc.id === NextToken)
    if (start < 0) throw invalidToken()
    const { items, next } = pageOf(authorized, start, pageSize(MaxResults, 50))
    return { HostedZoneId: id, VPCs: items.map(shownVpc), ...(next && { NextToken: next.id }) }
  },
})
