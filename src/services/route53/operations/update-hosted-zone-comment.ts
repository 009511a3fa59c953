import { operation } from '#kit/operation.ts'
import { UpdateHostedZoneComment } from '#services/models/route53.ts'
import { commentZone } from '../hosted-zones.ts'
import { permission } from '../permission.ts'
import { shownZone } from '../shown.ts'

export default operation(UpdateHostedZoneComment, {
  authorize: ({ Id }, caller) => permission(caller, 'UpdateHostedZoneComment', 'hostedzone', Id),
  run: ({ Id, Comment }, caller, ports) => ({ HostedZone: shownZone(commentZone(caller, Id, Comment, ports)) }),
})
