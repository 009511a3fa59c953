import { operation } from '#kit/operation.ts'
import { DeleteTags } from '#services/models/ec2.ts'
import { changeTags } from '../change-tags.ts'
import { checkDryRun } from '../describe.ts'
import { withoutTags } from '../tags.ts'

export default operation(DeleteTags, {
  authorize: () => ({ action: 'ec2:DeleteTags', resource: '*' }),

  run(input, caller, ports) {
    checkDryRun(input)
    const { Resources, Tags } = input
    changeTags(
      caller,
      Resources,
      (tags) =>
        withoutTags(
          tags,
          (Tags ?? tags).map(({ Key = '', Value }) => ({ Key, Value })),
        ),
      ports,
    )
  },
})
