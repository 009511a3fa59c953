import { operation } from '#kit/operation.ts'
import { DeleteVPCAssociationAuthorization } from '#services/models/route53.ts'
import { permission } from '../permission.ts'
import { deauthorizeVpc } from '../vpc-associations.ts'

export default operation(DeleteVPCAssociationAuthorization, {
  authorize: ({ HostedZoneId }, caller) => permission(caller, 'DeleteVPCAssociationAuthorization', 'hostedzone', HostedZoneId),
  run: ({ HostedZoneId, VPC }, caller, ports) => deauthorizeVpc(caller, HostedZoneId, VPC, ports),
})
