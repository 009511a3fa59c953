import { operation } from '#kit/operation.ts'
import { TagRole } from '#services/models/iam.ts'
import { roleArn } from '../arns.ts'
import { getRole, putTags } from '../roles.ts'

export default operation(TagRole, {
  authorize: ({ RoleName }, caller) => ({ action: 'iam:TagRole', resource: roleArn(caller, RoleName) }),

  run({ RoleName, Tags }, caller, ports) {
    const kept = getRole(caller, RoleName, ports).tags.filter((old) => Tags.every(({ Key }) => Key !== old.Key))
    putTags(caller, RoleName, [...kept, ...Tags], ports)
  },
})
