import { operation } from '#kit/operation.ts'
import { CreateRoute } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { checkMembers, destinationOf, targetOf } from '../route-input.ts'
import { createRoute } from '../route-tables.ts'

export default operation(CreateRoute, {
  authorize: () => ({ action: 'ec2:CreateRoute', resource: '*' }),

  run(input, caller, ports) {
    checkDryRun(input)
    checkMembers(input)
    createRoute(caller, input.RouteTableId, destinationOf(input), targetOf(input), ports)
    return { Return: true }
  },
})
