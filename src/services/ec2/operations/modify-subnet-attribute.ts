import { operation } from '#kit/operation.ts'
import { ModifySubnetAttribute } from '#services/models/ec2.ts'
import { changeSubnet } from '../subnets.ts'

export default operation(ModifySubnetAttribute, {
  authorize: () => ({ action: 'ec2:ModifySubnetAttribute', resource: '*' }),

  run({ SubnetId, MapPublicIpOnLaunch }, caller, ports) {
    changeSubnet(caller, SubnetId, { mapPublicIp: MapPublicIpOnLaunch?.Value }, ports)
  },
})
