import { operation } from '#kit/operation.ts'
import { UntagRole } from '#services/models/iam.ts'
import { roleArn } from '../arns.ts'
import { getRole, putTags } from '../roles.ts'

export default operation(UntagRole, {
  authorize: ({ RoleName }, caller) => ({ action: 'iam:UntagRole', resource: roleArn(caller, RoleName) }),

  run({ RoleName, TagKeys }, caller, ports) {
    const kept = getRole(caller, RoleName, ports).tags.filter(({ Key }) => !TagKeys.includes(Key))
    putTags(caller, RoleName, kept, ports)
  },
})
