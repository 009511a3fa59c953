import { operation } from '#kit/operation.ts'
import { DeleteHostedZone } from '#services/models/route53.ts'
import { submitChange } from '../change-log.ts'
import { deleteHostedZone } from '../hosted-zones.ts'
import { permission } from '../permission.ts'

export default operation(DeleteHostedZone, {
  authorize: ({ Id }, caller) => permission(caller, 'DeleteHostedZone', 'hostedzone', Id),

  run({ Id }, caller, ports) {
    deleteHostedZone(caller, Id, ports)
    return { ChangeInfo: submitChange(caller, undefined, ports) }
  },
})
