import { operation } from '#kit/operation.ts'
import { DeleteSubnet } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { deleteSubnet } from '../subnets.ts'

export default operation(DeleteSubnet, {
  authorize: () => ({ action: 'ec2:DeleteSubnet', resource: '*' }),

  run(input, caller, ports) {
    checkDryRun(input)
    deleteSubnet(caller, input.SubnetId, ports)
  },
})
