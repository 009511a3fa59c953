import { operation } from '#kit/operation.ts'
import { PutLogEvents } from '#services/models/logs.ts'
import { getStream, groupArn } from '../groups.ts'

export default operation(PutLogEvents, {
  authorize: ({ logGroupName, logStreamName }, caller) => ({
    action: 'logs:PutLogEvents',
    resource: `${groupArn(caller, logGroupName)}:log-stream:${logStreamName}`,
  }),

  run({ logGroupName, logStreamName, logEvents }, caller, ports) {
    getStream(caller, logGroupName, logStreamName, ports)
    ports.logs.append(caller, logGroupName, logStreamName, logEvents)
    return { nextSequenceToken: ports.ids.hex(56) }
  },
})
