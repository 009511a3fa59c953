import { operation } from '#kit/operation.ts'
import { AssociateVPCWithHostedZone } from '#services/models/route53.ts'
import { submitChange } from '../change-log.ts'
import { permission } from '../permission.ts'
import { associateVpc } from '../vpc-associations.ts'

export default operation(AssociateVPCWithHostedZone, {
  authorize: ({ HostedZoneId }, caller) => permission(caller, 'AssociateVPCWithHostedZone', 'hostedzone', HostedZoneId),

  run({ HostedZoneId, VPC, Comment }, caller, ports) {
    associateVpc(caller, HostedZoneId, VPC, ports)
    return { ChangeInfo: submitChange(caller, Comment, ports) }
  },
})
