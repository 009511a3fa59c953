import { operation } from '#kit/operation.ts'
import { AddTagsToResource } from '#services/models/ssm.ts'
import { parameterArn, setTags, tagsOf } from '../parameters.ts'
import { checkTagged } from '../tagged.ts'

export default operation(AddTagsToResource, {
  authorize: ({ ResourceId }, caller) => ({ action: 'ssm:AddTagsToResource', resource: parameterArn(caller, ResourceId) }),

  run({ ResourceType, ResourceId, Tags }, caller, ports) {
    checkTagged(ResourceType)
    const added = Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]))
    setTags(caller, ResourceId, { ...tagsOf(caller, ResourceId, ports), ...added }, ports)
  },
})
