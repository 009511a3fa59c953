import { operation } from '#kit/operation.ts'
import type { NatGateway } from '#services/models/ec2.ts'
import { DescribeNatGateways } from '#services/models/ec2.ts'
import { chosen, described, type Filters } from '../describe.ts'
import { isShown } from '../ended.ts'
import { NAT_GATEWAY } from '../kinds.ts'
import { SHOWN_AFTER_END } from '../nat-gateways.ts'
import { shownNatGateway } from '../shown/nat-gateway.ts'

export default operation(DescribeNatGateways, {
  authorize: () => ({ action: 'ec2:DescribeNatGateways', resource: '*' }),

  /** Alone among the describes, its filters are a `Filter`. */
  run({ NatGatewayIds, Filter: Filters, ...input }, caller, ports) {
    const all = chosen(NAT_GATEWAY, caller, NatGatewayIds, ports)
    const shown = all.filter((one) => isShown(one, SHOWN_AFTER_END, ports)).map(shownNatGateway)
    const { page, ...next } = described(shown, { ...input, Filters }, filters, ({ NatGatewayId }) => NatGatewayId)
    return { NatGateways: page, ...next }
  },
})

const filters: Filters<NatGateway> = {
  'nat-gateway-id': ({ NatGatewayId }) => NatGatewayId,
  state: ({ State }) => State,
  'subnet-id': ({ SubnetId }) => SubnetId,
  'vpc-id': ({ VpcId }) => VpcId,
}
