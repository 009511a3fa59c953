import { operation } from '#kit/operation.ts'
import { DeleteRoute } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { deleteRoute } from '../route-tables.ts'

export default operation(DeleteRoute, {
  authorize: () => ({ action: 'ec2:DeleteRoute', resource: '*' }),

  run(input, caller, ports) {
    checkDryRun(input)
    deleteRoute(caller, input.RouteTableId, input.DestinationCidrBlock ?? input.DestinationIpv6CidrBlock ?? '', ports)
  },
})
