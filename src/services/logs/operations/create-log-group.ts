import { operation } from '#kit/operation.ts'
import { CreateLogGroup } from '#services/models/logs.ts'
import { createGroup, groupArn } from '../groups.ts'

export default operation(CreateLogGroup, {
  authorize: ({ logGroupName }, caller) => ({ action: 'logs:CreateLogGroup', resource: groupArn(caller, logGroupName) }),

  run({ logGroupName, tags, kmsKeyId }, caller, ports) {
    createGroup(caller, logGroupName, { ...(tags && { tags }), ...(kmsKeyId !== undefined && { kmsKeyId }) }, ports)
  },
})
