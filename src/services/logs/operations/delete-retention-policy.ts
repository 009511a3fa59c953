import { operation } from '#kit/operation.ts'
import { DeleteRetentionPolicy } from '#services/models/logs.ts'
import { getGroup, groupArn, putGroup } from '../groups.ts'

export default operation(DeleteRetentionPolicy, {
  authorize: ({ logGroupName }, caller) => ({ action: 'logs:DeleteRetentionPolicy', resource: groupArn(caller, logGroupName) }),

  run({ logGroupName }, caller, ports) {
    const { retentionInDays: _, ...group } = getGroup(caller, logGroupName, ports)
    putGroup(caller, group, ports)
  },
})
