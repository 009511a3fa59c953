import { operation } from '#kit/operation.ts'
import { DeleteInternetGateway } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { deleteInternetGateway } from '../internet-gateways.ts'

export default operation(DeleteInternetGateway, {
  authorize: () => ({ action: 'ec2:DeleteInternetGateway', resource: '*' }),

  run(input, caller, ports) {
    checkDryRun(input)
    deleteInternetGateway(caller, input.InternetGatewayId, ports)
  },
})
