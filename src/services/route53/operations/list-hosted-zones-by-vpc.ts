import { operation } from '#kit/operation.ts'
import { ListHostedZonesByVPC } from '#services/models/route53.ts'
import { pageOf, pageSize } from '../paging.ts'
import { anything } from '../permission.ts'
import { hostedZones } from '../records.ts'
import { invalidToken } from '../refusals.ts'
import { ownVpc } from '../vpc-associations.ts'

export default operation(ListHostedZonesByVPC, {
  authorize: () => anything('ListHostedZonesByVPC'),

  /** The private zones that a VPC sees, of whichever account. */
  run({ VPCId, VPCRegion, MaxItems, NextToken }, caller, ports) {
    const vpc = ownVpc(caller, { VPCId, VPCRegion }, ports)
    const size = pageSize(MaxItems, 100)
    const all = ports.records
      .all(hostedZones)
      .filter(({ value }) => value.vpcs.some(({ id, region }) => id === vpc.id && region === vpc.region))
    const start = NextToken === undefined ? 0 : all.findIndex(({ key }) => key === NextToken)
    if (start < 0) throw invalidToken()
    const { items, next } = pageOf(all, start, size)
    return {
      HostedZoneSummaries: items.map(({ scope, value }) => ({
        HostedZoneId: value.id,
        Name: value.name,
        Owner: { OwningAccount: scope.account },
      })),
      MaxItems: String(size),
      ...(next && { NextToken: next.key }),
    }
  },
})
