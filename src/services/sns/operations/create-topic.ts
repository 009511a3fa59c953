import { operation } from '#kit/operation.ts'
import { CreateTopic } from '#services/models/sns.ts'
import { createTopic, topicArn } from '../topics.ts'

export default operation(CreateTopic, {
  authorize: ({ Name }, caller) => ({ action: 'sns:CreateTopic', resource: topicArn(caller, Name) }),

  run({ Name, Attributes = {}, Tags = [] }, caller, ports) {
    const tags = Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]))
    createTopic(caller, { name: Name, attributes: Attributes, tags }, ports)
    return { TopicArn: topicArn(caller, Name) }
  },
})
