import { operation } from '#kit/operation.ts'
import { PutRetentionPolicy } from '#services/models/logs.ts'
import { getGroup, groupArn, putGroup } from '../groups.ts'

export default operation(PutRetentionPolicy, {
  authorize: ({ logGroupName }, caller) => ({ action: 'logs:PutRetentionPolicy', resource: groupArn(caller, logGroupName) }),

  run({ logGroupName, retentionInDays }, caller, ports) {
    putGroup(caller, { ...getGroup(caller, logGroupName, ports), retentionInDays }, ports)
  },
})
