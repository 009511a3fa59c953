import { operation } from '#kit/operation.ts'
import { ChangeTagsForResource } from '#services/models/route53.ts'
import { permission } from '../permission.ts'
import { changeTags, tagMap } from '../tags.ts'

export default operation(ChangeTagsForResource, {
  authorize: ({ ResourceType, ResourceId }, caller) => permission(caller, 'ChangeTagsForResource', ResourceType, ResourceId),

  run({ ResourceType, ResourceId, AddTags, RemoveTagKeys }, caller, ports) {
    changeTags(caller, { type: ResourceType, id: ResourceId }, { add: tagMap(AddTags), remove: RemoveTagKeys ?? [] }, ports)
  },
})
