import { operation } from '#kit/operation.ts'
import { ReplaceRoute } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { checkMembers, destinationOf, targetOf } from '../route-input.ts'
import { replaceRoute } from '../route-tables.ts'

export default operation(ReplaceRoute, {
  authorize: () => ({ action: 'ec2:ReplaceRoute', resource: '*' }),

  run(input, caller, ports) {
    checkDryRun(input)
    checkMembers(input)
    replaceRoute(caller, input.RouteTableId, destinationOf(input), targetOf(input), ports)
  },
})
