import { operation } from '#kit/operation.ts'
import type { VpcEndpoint } from '#services/models/ec2.ts'
import { DescribeVpcEndpoints } from '#services/models/ec2.ts'
import { chosen, described, type Filters } from '../describe.ts'
import { VPC_ENDPOINT } from '../kinds.ts'
import { shownEndpoint } from '../shown/vpc-endpoint.ts'

export default operation(DescribeVpcEndpoints, {
  authorize: () => ({ action: 'ec2:DescribeVpcEndpoints', resource: '*' }),

  run({ VpcEndpointIds, ...input }, caller, ports) {
    const all = chosen(VPC_ENDPOINT, caller, VpcEndpointIds, ports).map((one) => shownEndpoint(caller, one, ports))
    const { page, ...next } = described(all, input, filters, ({ VpcEndpointId }) => VpcEndpointId)
    return { VpcEndpoints: page, ...next }
  },
})

const filters: Filters<VpcEndpoint> = {
  'ip-address-type': ({ IpAddressType }) => IpAddressType,
  'service-name': ({ ServiceName }) => ServiceName,
  'service-region': ({ ServiceRegion }) => ServiceRegion,
  'vpc-endpoint-id': ({ VpcEndpointId }) => VpcEndpointId,
  'vpc-endpoint-state': ({ State }) => State,
  'vpc-endpoint-type': ({ VpcEndpointType }) => VpcEndpointType,
  'vpc-id': ({ VpcId }) => VpcId,
}
