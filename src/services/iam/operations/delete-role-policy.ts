import { operation } from '#kit/operation.ts'
import { DeleteRolePolicy } from '#services/models/iam.ts'
import { roleArn } from '../arns.ts'
import { deleteRolePolicy } from '../roles.ts'

export default operation(DeleteRolePolicy, {
  authorize: ({ RoleName }, caller) => ({ action: 'iam:DeleteRolePolicy', resource: roleArn(caller, RoleName) }),

  run: ({ RoleName, PolicyName }, caller, ports) => deleteRolePolicy(caller, RoleName, PolicyName, ports),
})
