import { operation } from '#kit/operation.ts'
import { CreateTags } from '#services/models/ec2.ts'
import { changeTags } from '../change-tags.ts'
import { checkDryRun } from '../describe.ts'
import { withTags } from '../tags.ts'

export default operation(CreateTags, {
  authorize: () => ({ action: 'ec2:CreateTags', resource: '*' }),

  run(input, caller, ports) {
    checkDryRun(input)
    const { Resources, Tags } = input
    changeTags(
      caller,
      Resources,
      (tags) =>
        withTags(
          tags,
          (Tags ?? []).map(({ Key = '', Value = '' }) => ({ Key, Value })),
        ),
      ports,
    )
  },
})
