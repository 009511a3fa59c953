import { operation } from '#kit/operation.ts'
import type { InternetGateway } from '#services/models/ec2.ts'
import { DescribeInternetGateways } from '#services/models/ec2.ts'
import { chosen, described, type Filters } from '../describe.ts'
import { INTERNET_GATEWAY } from '../kinds.ts'
import { shownInternetGateway } from '../shown/internet-gateway.ts'

export default operation(DescribeInternetGateways, {
  authorize: () => ({ action: 'ec2:DescribeInternetGateways', resource: '*' }),

  run({ InternetGatewayIds, ...input }, caller, ports) {
    const all = chosen(INTERNET_GATEWAY, caller, InternetGatewayIds, ports).map((one) => shownInternetGateway(caller, one))
    const { page, ...next } = described(all, input, filters, ({ InternetGatewayId }) => InternetGatewayId)
    return { InternetGateways: page, ...next }
  },
})

const filters: Filters<InternetGateway> = {
  'attachment.state': ({ Attachments = [] }) => Attachments.map(({ State }) => State),
  'attachment.vpc-id': ({ Attachments = [] }) => Attachments.map(({ VpcId }) => VpcId),
  'internet-gateway-id': ({ InternetGatewayId }) => InternetGatewayId,
  'owner-id': ({ OwnerId }) => OwnerId,
}
