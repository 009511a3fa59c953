import { AwsError } from '#core/aws/aws-error.ts'
import { operation } from '#kit/operation.ts'
import { AssociateRouteTable } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { associateRouteTable } from '../route-tables.ts'

export default operation(AssociateRouteTable, {
  authorize: () => ({ action: 'ec2:AssociateRouteTable', resource: '*' }),

  run(input, caller, ports) {
    checkDryRun(input)
    if (input.SubnetId === undefined)
      throw new AwsError('MissingParameter', 'Either gatewayId or subnetId or publicIpv4Pool must be supplied.')
    const { id } = associateRouteTable(caller, input.RouteTableId, input.SubnetId, ports)
    return { AssociationId: id, AssociationState: { State: 'associated' as const } }
  },
})
