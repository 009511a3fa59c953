import { AwsError } from '#core/aws/aws-error.ts'
import { operation } from '#kit/operation.ts'
import { ReplaceRoute } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { replaceRoute } from '../route-tables.ts'

export default operation(ReplaceRoute, {
  authorize: () => ({ action: 'ec2:ReplaceRoute', resource: '*' }),

  run(input, caller, ports) {
    checkDryRun(input)
    const destination = input.DestinationCidrBlock ?? input.DestinationIpv6CidrBlock
    if (destination === undefined || input.GatewayId === undefined)
      throw new AwsError('MissingParameter', 'The request must contain a destination CIDR block and the parameter gatewayId')
    replaceRoute(caller, input.RouteTableId, destination, input.GatewayId, ports)
  },
})
