import { operation } from '#kit/operation.ts'
import { DeleteVpc } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { deleteVpc } from '../vpcs.ts'

export default operation(DeleteVpc, {
  authorize: () => ({ action: 'ec2:DeleteVpc', resource: '*' }),

  run(input, caller, ports) {
    checkDryRun(input)
    deleteVpc(caller, input.VpcId, ports)
  },
})
