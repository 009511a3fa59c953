import { operation } from '#kit/operation.ts'
import { DisassociateVPCFromHostedZone } from '#services/models/route53.ts'
import { submitChange } from '../change-log.ts'
import { permission } from '../permission.ts'
import { disassociateVpc } from '../vpc-associations.ts'

export default operation(DisassociateVPCFromHostedZone, {
  authorize: ({ HostedZoneId }, caller) => permission(caller, 'DisassociateVPCFromHostedZone', 'hostedzone', HostedZoneId),

  run({ HostedZoneId, VPC, Comment }, caller, ports) {
    disassociateVpc(caller, HostedZoneId, VPC, ports)
    return { ChangeInfo: submitChange(caller, Comment, ports) }
  },
})
