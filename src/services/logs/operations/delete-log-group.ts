import { operation } from '#kit/operation.ts'
import { DeleteLogGroup } from '#services/models/logs.ts'
import { deleteGroup, groupArn } from '../groups.ts'

export default operation(DeleteLogGroup, {
  authorize: ({ logGroupName }, caller) => ({ action: 'logs:DeleteLogGroup', resource: groupArn(caller, logGroupName) }),

  run({ logGroupName }, caller, ports) {
    deleteGroup(caller, logGroupName, ports)
  },
})
