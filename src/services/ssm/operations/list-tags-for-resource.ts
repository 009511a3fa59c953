import { operation } from '#kit/operation.ts'
import { ListTagsForResource } from '#services/models/ssm.ts'
import { parameterArn, tagsOf } from '../parameters.ts'
import { checkTagged } from '../tagged.ts'

export default operation(ListTagsForResource, {
  authorize: ({ ResourceId }, caller) => ({
    action: 'ssm:ListTagsForResource',
    resource: parameterArn(caller, ResourceId),
  }),

  run({ ResourceType, ResourceId }, caller, ports) {
    checkTagged(ResourceType)
    return { TagList: Object.entries(tagsOf(caller, ResourceId, ports)).map(([Key, Value]) => ({ Key, Value })) }
  },
})
