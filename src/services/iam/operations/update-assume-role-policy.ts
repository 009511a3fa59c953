import { operation } from '#kit/operation.ts'
import { UpdateAssumeRolePolicy } from '#services/models/iam.ts'
import { roleArn } from '../arns.ts'
import { putTrust } from '../roles.ts'

export default operation(UpdateAssumeRolePolicy, {
  authorize: ({ RoleName }, caller) => ({ action: 'iam:UpdateAssumeRolePolicy', resource: roleArn(caller, RoleName) }),

  run: ({ RoleName, PolicyDocument }, caller, ports) => putTrust(caller, RoleName, PolicyDocument, ports),
})
