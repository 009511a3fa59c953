import { operation } from '#kit/operation.ts'
import { ModifyVpcAttribute } from '#services/models/ec2.ts'
import { changeVpc } from '../vpcs.ts'

export default operation(ModifyVpcAttribute, {
  authorize: () => ({ action: 'ec2:ModifyVpcAttribute', resource: '*' }),

  run({ VpcId, EnableDnsSupport, EnableDnsHostnames }, caller, ports) {
    changeVpc(caller, VpcId, { dnsSupport: EnableDnsSupport?.Value, dnsHostnames: EnableDnsHostnames?.Value }, ports)
  },
})
