import { operation } from '#kit/operation.ts'
import { PutRolePolicy } from '#services/models/iam.ts'
import { roleArn } from '../arns.ts'
import { putRolePolicy } from '../roles.ts'

export default operation(PutRolePolicy, {
  authorize: ({ RoleName }, caller) => ({ action: 'iam:PutRolePolicy', resource: roleArn(caller, RoleName) }),

  run: ({ RoleName, PolicyName, PolicyDocument }, caller, ports) =>
    putRolePolicy(caller, RoleName, PolicyName, PolicyDocument, ports),
})
