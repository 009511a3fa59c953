import { operation } from '#kit/operation.ts'
import { DeleteNatGateway } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { deleteNatGateway } from '../nat-gateways.ts'

export default operation(DeleteNatGateway, {
  authorize: () => ({ action: 'ec2:DeleteNatGateway', resource: '*' }),

  run(input, caller, ports) {
    checkDryRun(input)
    deleteNatGateway(caller, input.NatGatewayId, ports)
    return { NatGatewayId: input.NatGatewayId }
  },
})
