import { operation } from '#kit/operation.ts'
import { DetachRolePolicy } from '#services/models/iam.ts'
import { roleArn } from '../arns.ts'
import { detachRolePolicy } from '../roles.ts'

export default operation(DetachRolePolicy, {
  authorize: ({ RoleName }, caller) => ({ action: 'iam:DetachRolePolicy', resource: roleArn(caller, RoleName) }),

  run: ({ RoleName, PolicyArn }, caller, ports) => detachRolePolicy(caller, RoleName, PolicyArn, ports),
})
