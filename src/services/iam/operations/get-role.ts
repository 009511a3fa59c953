import { operation } from '#kit/operation.ts'
import { GetRole } from '#services/models/iam.ts'
import { roleArn } from '../arns.ts'
import { getRole } from '../roles.ts'
import { shownRole } from '../shown.ts'

export default operation(GetRole, {
  authorize: ({ RoleName }, caller) => ({ action: 'iam:GetRole', resource: roleArn(caller, RoleName) }),

  run: ({ RoleName }, caller, ports) => ({ Role: shownRole(getRole(caller, RoleName, ports)) }),
})
