import { operation } from '#kit/operation.ts'
import { UntagResource } from '#services/models/sns.ts'
import { getTopic, putTopic } from '../topics.ts'

export default operation(UntagResource, {
  authorize: ({ ResourceArn }) => ({ action: 'sns:UntagResource', resource: ResourceArn }),

  run({ ResourceArn, TagKeys }, caller, ports) {
    const topic = getTopic(caller, ResourceArn, ports)
    const left = Object.entries(topic.tags).filter(([key]) => !TagKeys.includes(key))
    putTopic(caller, { ...topic, tags: Object.fromEntries(left) }, ports)
  },
})
