import { operation } from '#kit/operation.ts'
import { ChangeResourceRecordSets } from '#services/models/route53.ts'
import { submitChange } from '../change-log.ts'
import { permission } from '../permission.ts'
import { changeRecordSets } from '../record-sets.ts'

export default operation(ChangeResourceRecordSets, {
  authorize: ({ HostedZoneId }, caller) => permission(caller, 'ChangeResourceRecordSets', 'hostedzone', HostedZoneId),

  run({ HostedZoneId, ChangeBatch: { Comment, Changes } }, caller, ports) {
    changeRecordSets(caller, HostedZoneId, Changes, ports)
    return { ChangeInfo: submitChange(caller, Comment, ports) }
  },
})
