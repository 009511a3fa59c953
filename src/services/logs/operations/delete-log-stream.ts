import { operation } from '#kit/operation.ts'
import { DeleteLogStream } from '#services/models/logs.ts'
import { deleteStream, groupArn } from '../groups.ts'

export default operation(DeleteLogStream, {
  authorize: ({ logGroupName }, caller) => ({ action: 'logs:DeleteLogStream', resource: groupArn(caller, logGroupName) }),

  run({ logGroupName, logStreamName }, caller, ports) {
    deleteStream(caller, logGroupName, logStreamName, ports)
  },
})
