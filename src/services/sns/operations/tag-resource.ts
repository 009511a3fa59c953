import { operation } from '#kit/operation.ts'
import { TagResource } from '#services/models/sns.ts'
import { getTopic, putTopic } from '../topics.ts'

export default operation(TagResource, {
  authorize: ({ ResourceArn }) => ({ action: 'sns:TagResource', resource: ResourceArn }),

  run({ ResourceArn, Tags }, caller, ports) {
    const topic = getTopic(caller, ResourceArn, ports)
    const added = Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]))
    putTopic(caller, { ...topic, tags: { ...topic.tags, ...added } }, ports)
  },
})
