import { operation } from '#kit/operation.ts'
import { CreateRouteTable } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { createRouteTable } from '../route-tables.ts'
import { shownRouteTable } from '../shown/route-table.ts'
import { requestedTags } from '../tags.ts'

export default operation(CreateRouteTable, {
  authorize: () => ({ action: 'ec2:CreateRouteTable', resource: '*' }),

  run(input, caller, ports) {
    checkDryRun(input)
    const tags = requestedTags(input.TagSpecifications, 'route-table')
    return { RouteTable: shownRouteTable(caller, createRouteTable(caller, input.VpcId, tags, ports), ports) }
  },
})
