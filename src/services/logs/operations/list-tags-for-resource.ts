import { operation } from '#kit/operation.ts'
import { ListTagsForResource } from '#services/models/logs.ts'
import { getGroup, groupNameOf } from '../groups.ts'

export default operation(ListTagsForResource, {
  authorize: ({ resourceArn }) => ({ action: 'logs:ListTagsForResource', resource: resourceArn }),

  run: ({ resourceArn }, caller, ports) => ({ tags: getGroup(caller, groupNameOf(resourceArn), ports).tags }),
})
