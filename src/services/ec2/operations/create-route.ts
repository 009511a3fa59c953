import { AwsError } from '#core/aws/aws-error.ts'
import { operation } from '#kit/operation.ts'
import { CreateRoute } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { createRoute } from '../route-tables.ts'

export default operation(CreateRoute, {
  authorize: () => ({ action: 'ec2:CreateRoute', resource: '*' }),

  /** Internet gateways are the only targets that there are. */
  run(input, caller, ports) {
    checkDryRun(input)
    const destination = input.DestinationCidrBlock ?? input.DestinationIpv6CidrBlock
    if (destination === undefined || input.GatewayId === undefined)
      throw new AwsError('MissingParameter', 'The request must contain a destination CIDR block and the parameter gatewayId')
    createRoute(caller, input.RouteTableId, destination, input.GatewayId, ports)
    return { Return: true }
  },
})
