import { operation } from '#kit/operation.ts'
import { ListTagsForResource } from '#services/models/route53.ts'
import { permission } from '../permission.ts'
import { tagsOf } from '../tags.ts'

export default operation(ListTagsForResource, {
  authorize: ({ ResourceType, ResourceId }, caller) => permission(caller, 'ListTagsForResource', ResourceType, ResourceId),

  run: ({ ResourceType, ResourceId }, caller, ports) => ({
    ResourceTagSet: tagsOf(caller, { type: ResourceType, id: ResourceId }, ports),
  }),
})
