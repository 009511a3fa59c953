import { operation } from '#kit/operation.ts'
import { DeleteVpcPeeringConnection } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { deletePeering } from '../vpc-peerings.ts'

export default operation(DeleteVpcPeeringConnection, {
  authorize: () => ({ action: 'ec2:DeleteVpcPeeringConnection', resource: '*' }),

  run(input, caller, ports) {
    checkDryRun(input)
    deletePeering(caller, input.VpcPeeringConnectionId, ports)
    return { Return: true }
  },
})
