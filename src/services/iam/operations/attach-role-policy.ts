import { operation } from '#kit/operation.ts'
import { AttachRolePolicy } from '#services/models/iam.ts'
import { roleArn } from '../arns.ts'
import { attachRolePolicy } from '../roles.ts'

export default operation(AttachRolePolicy, {
  authorize: ({ RoleName }, caller) => ({ action: 'iam:AttachRolePolicy', resource: roleArn(caller, RoleName) }),

  run: ({ RoleName, PolicyArn }, caller, ports) => attachRolePolicy(caller, RoleName, PolicyArn, ports),
})
