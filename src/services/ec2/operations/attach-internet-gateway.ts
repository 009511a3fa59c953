import { operation } from '#kit/operation.ts'
import { AttachInternetGateway } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { attachInternetGateway } from '../internet-gateways.ts'

export default operation(AttachInternetGateway, {
  authorize: () => ({ action: 'ec2:AttachInternetGateway', resource: '*' }),

  run(input, caller, ports) {
    checkDryRun(input)
    attachInternetGateway(caller, input.InternetGatewayId, input.VpcId, ports)
  },
})
