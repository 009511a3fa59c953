import { operation } from '#kit/operation.ts'
import { RemoveTagsFromResource } from '#services/models/ssm.ts'
import { parameterArn, setTags, tagsOf } from '../parameters.ts'
import { checkTagged } from '../tagged.ts'

export default operation(RemoveTagsFromResource, {
  authorize: ({ ResourceId }, caller) => ({
    action: 'ssm:RemoveTagsFromResource',
    resource: parameterArn(caller, ResourceId),
  }),

  run({ ResourceType, ResourceId, TagKeys }, caller, ports) {
    checkTagged(ResourceType)
    const left = Object.entries(tagsOf(caller, ResourceId, ports)).filter(([key]) => !TagKeys.includes(key))
    setTags(caller, ResourceId, Object.fromEntries(left), ports)
  },
})
