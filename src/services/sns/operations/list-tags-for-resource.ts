import { operation } from '#kit/operation.ts'
import { ListTagsForResource } from '#services/models/sns.ts'
import { getTopic } from '../topics.ts'

export default operation(ListTagsForResource, {
  authorize: ({ ResourceArn }) => ({ action: 'sns:ListTagsForResource', resource: ResourceArn }),

  run: ({ ResourceArn }, caller, ports) => ({
    Tags: Object.entries(getTopic(caller, ResourceArn, ports).tags).map(([Key, Value]) => ({ Key, Value })),
  }),
})
