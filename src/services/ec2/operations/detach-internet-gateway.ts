import { operation } from '#kit/operation.ts'
import { DetachInternetGateway } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { detachInternetGateway } from '../internet-gateways.ts'

export default operation(DetachInternetGateway, {
  authorize: () => ({ action: 'ec2:DetachInternetGateway', resource: '*' }),

  run(input, caller, ports) {
    checkDryRun(input)
    detachInternetGateway(caller, input.InternetGatewayId, input.VpcId, ports)
  },
})
