import { operation } from '#kit/operation.ts'
import { CreateLogStream } from '#services/models/logs.ts'
import { createStream, groupArn } from '../groups.ts'

export default operation(CreateLogStream, {
  authorize: ({ logGroupName }, caller) => ({ action: 'logs:CreateLogStream', resource: groupArn(caller, logGroupName) }),

  run({ logGroupName, logStreamName }, caller, ports) {
    createStream(caller, logGroupName, logStreamName, ports)
  },
})
