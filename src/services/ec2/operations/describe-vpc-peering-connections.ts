import { operation } from '#kit/operation.ts'
import type { VpcPeeringConnection } from '#services/models/ec2.ts'
import { DescribeVpcPeeringConnections } from '#services/models/ec2.ts'
import { chosen, described, type Filters } from '../describe.ts'
import { isShown } from '../ended.ts'
import { VPC_PEERING } from '../kinds.ts'
import { shownPeering } from '../shown/vpc-peering.ts'
import { SHOWN_AFTER_END } from '../vpc-peerings.ts'

export default operation(DescribeVpcPeeringConnections, {
  authorize: () => ({ action: 'ec2:DescribeVpcPeeringConnections', resource: '*' }),

  run({ VpcPeeringConnectionIds, ...input }, caller, ports) {
    const all = chosen(VPC_PEERING, caller, VpcPeeringConnectionIds, ports)
    const shown = all.filter((one) => isShown(one, SHOWN_AFTER_END, ports)).map(shownPeering)
    const { page, ...next } = described(shown, input, filters, ({ VpcPeeringConnectionId }) => VpcPeeringConnectionId)
    return { VpcPeeringConnections: page, ...next }
  },
})

const filters: Filters<VpcPeeringConnection> = {
  'accepter-vpc-info.cidr-block': ({ AccepterVpcInfo }) => AccepterVpcInfo?.CidrBlock,
  'accepter-vpc-info.owner-id': ({ AccepterVpcInfo }) => AccepterVpcInfo?.OwnerId,
  'accepter-vpc-info.vpc-id': ({ AccepterVpcInfo }) => AccepterVpcInfo?.VpcId,
  'expiration-time': ({ ExpirationTime }) => ExpirationTime?.toISOString(),
  'requester-vpc-info.cidr-block': ({ RequesterVpcInfo }) => RequesterVpcInfo?.CidrBlock,
  'requester-vpc-info.owner-id': ({ RequesterVpcInfo }) => RequesterVpcInfo?.OwnerId,
  'requester-vpc-info.vpc-id': ({ RequesterVpcInfo }) => RequesterVpcInfo?.VpcId,
  'status-code': ({ Status }) => Status?.Code,
  'status-message': ({ Status }) => Status?.Message,
  'vpc-peering-connection-id': ({ VpcPeeringConnectionId }) => VpcPeeringConnectionId,
}
