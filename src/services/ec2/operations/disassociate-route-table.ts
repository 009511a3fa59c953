import { operation } from '#kit/operation.ts'
import { DisassociateRouteTable } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { disassociateRouteTable } from '../route-tables.ts'

export default operation(DisassociateRouteTable, {
  authorize: () => ({ action: 'ec2:DisassociateRouteTable', resource: '*' }),

  run(input, caller, ports) {
    checkDryRun(input)
    disassociateRouteTable(caller, input.AssociationId, ports)
  },
})
