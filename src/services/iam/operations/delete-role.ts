import { operation } from '#kit/operation.ts'
import { DeleteRole } from '#services/models/iam.ts'
import { roleArn } from '../arns.ts'
import { deleteRole } from '../roles.ts'

export default operation(DeleteRole, {
  authorize: ({ RoleName }, caller) => ({ action: 'iam:DeleteRole', resource: roleArn(caller, RoleName) }),

  run: ({ RoleName }, caller, ports) => deleteRole(caller, RoleName, ports),
})
