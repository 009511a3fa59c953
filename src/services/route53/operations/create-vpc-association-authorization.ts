import { operation } from '#kit/operation.ts'
import { CreateVPCAssociationAuthorization } from '#services/models/route53.ts'
import { permission } from '../permission.ts'
import { authorizeVpc } from '../vpc-associations.ts'

export default operation(CreateVPCAssociationAuthorization, {
  authorize: ({ HostedZoneId }, caller) => permission(caller, 'CreateVPCAssociationAuthorization', 'hostedzone', HostedZoneId),

  run({ HostedZoneId, VPC }, caller, ports) {
    const { id } = authorizeVpc(caller, HostedZoneId, VPC, ports)
    return { HostedZoneId: id, VPC }
  },
})
