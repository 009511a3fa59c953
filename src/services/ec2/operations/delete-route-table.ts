import { operation } from '#kit/operation.ts'
import { DeleteRouteTable } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { deleteRouteTable } from '../route-tables.ts'

export default operation(DeleteRouteTable, {
  authorize: () => ({ action: 'ec2:DeleteRouteTable', resource: '*' }),

  run(input, caller, ports) {
    checkDryRun(input)
    deleteRouteTable(caller, input.RouteTableId, ports)
  },
})
