import { operation } from '#kit/operation.ts'
import { RejectVpcPeeringConnection } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { rejectPeering } from '../vpc-peerings.ts'

export default operation(RejectVpcPeeringConnection, {
  authorize: () => ({ action: 'ec2:RejectVpcPeeringConnection', resource: '*' }),

  run(input, caller, ports) {
    checkDryRun(input)
    rejectPeering(caller, input.VpcPeeringConnectionId, ports)
    return { Return: true }
  },
})
