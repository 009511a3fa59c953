import { operation } from '#kit/operation.ts'
import type { TagDescription } from '#services/models/ec2.ts'
import { DescribeTags } from '#services/models/ec2.ts'
import { described, everyKind, type Filters } from '../describe.ts'

export default operation(DescribeTags, {
  authorize: () => ({ action: 'ec2:DescribeTags', resource: '*' }),

  run(input, caller, ports) {
    const all = everyKind(caller, ports).flatMap(({ kind, resources }) =>
      resources.flatMap(({ id, tags }) =>
        tags.map((tag): TagDescription => ({ ...tag, ResourceId: id, ResourceType: kind.resourceType as 'vpc' })),
      ),
    )
    const { page, ...next } = described(all, input, filters, ({ ResourceId, Key }) => `${ResourceId} ${Key}`)
    return { Tags: page, ...next }
  },
})

const filters: Filters<TagDescription> = {
  key: ({ Key }) => Key,
  'resource-id': ({ ResourceId }) => ResourceId,
  'resource-type': ({ ResourceType }) => ResourceType,
  value: ({ Value }) => Value,
}
