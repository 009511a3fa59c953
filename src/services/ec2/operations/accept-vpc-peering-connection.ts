import { operation } from '#kit/operation.ts'
import { AcceptVpcPeeringConnection } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { shownPeering } from '../shown/vpc-peering.ts'
import { acceptPeering } from '../vpc-peerings.ts'

export default operation(AcceptVpcPeeringConnection, {
  authorize: () => ({ action: 'ec2:AcceptVpcPeeringConnection', resource: '*' }),

  run(input, caller, ports) {
    checkDryRun(input)
    const shown = shownPeering(acceptPeering(caller, input.VpcPeeringConnectionId, ports))
    return { VpcPeeringConnection: { ...shown, Status: { Code: 'provisioning' as const, Message: 'Provisioning' } } }
  },
})
