import { operation } from '#kit/operation.ts'
import { ListTagsForResources } from '#services/models/route53.ts'
import { permission } from '../permission.ts'
import { tagsOf } from '../tags.ts'

export default operation(ListTagsForResources, {
  authorize: ({ ResourceType, ResourceIds }, caller) =>
    ResourceIds.map((id) => permission(caller, 'ListTagsForResources', ResourceType, id)),

  run: ({ ResourceType, ResourceIds }, caller, ports) => ({
    ResourceTagSets: ResourceIds.map((id) => tagsOf(caller, { type: ResourceType, id }, ports)),
  }),
})
