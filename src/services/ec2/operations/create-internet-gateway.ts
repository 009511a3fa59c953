import { operation } from '#kit/operation.ts'
import { CreateInternetGateway } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { createInternetGateway } from '../internet-gateways.ts'
import { shownInternetGateway } from '../shown/internet-gateway.ts'
import { requestedTags } from '../tags.ts'

export default operation(CreateInternetGateway, {
  authorize: () => ({ action: 'ec2:CreateInternetGateway', resource: '*' }),

  run(input, caller, ports) {
    checkDryRun(input)
    const gateway = createInternetGateway(caller, requestedTags(input.TagSpecifications, 'internet-gateway'), ports)
    return { InternetGateway: shownInternetGateway(caller, gateway) }
  },
})
