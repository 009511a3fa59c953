import { operation } from '#kit/operation.ts'
import { DescribeVpcAttribute } from '#services/models/ec2.ts'
import { find, VPC } from '../kinds.ts'

export default operation(DescribeVpcAttribute, {
  authorize: () => ({ action: 'ec2:DescribeVpcAttribute', resource: '*' }),

  run({ VpcId, Attribute }, caller, ports) {
    const { id, dnsSupport, dnsHostnames } = find(VPC, caller, VpcId, ports)
    return {
      VpcId: id,
      ...(Attribute === 'enableDnsSupport' && { EnableDnsSupport: { Value: dnsSupport } }),
      ...(Attribute === 'enableDnsHostnames' && { EnableDnsHostnames: { Value: dnsHostnames } }),
      ...(Attribute === 'enableNetworkAddressUsageMetrics' && { EnableNetworkAddressUsageMetrics: { Value: false } }),
    }
  },
})
