import { operation } from '#kit/operation.ts'
import { DeleteTopic } from '#services/models/sns.ts'
import { deleteTopic } from '../topics.ts'

export default operation(DeleteTopic, {
  authorize: ({ TopicArn }) => ({ action: 'sns:DeleteTopic', resource: TopicArn }),

  run: ({ TopicArn }, caller, ports) => deleteTopic(caller, TopicArn, ports),
})
