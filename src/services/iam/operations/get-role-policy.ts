import { operation } from '#kit/operation.ts'
import { GetRolePolicy } from '#services/models/iam.ts'
import { roleArn } from '../arns.ts'
import { getRolePolicy } from '../roles.ts'
import { encodedDocument } from '../shown.ts'

export default operation(GetRolePolicy, {
  authorize: ({ RoleName }, caller) => ({ action: 'iam:GetRolePolicy', resource: roleArn(caller, RoleName) }),

  run({ RoleName, PolicyName }, caller, ports) {
    return { RoleName, PolicyName, PolicyDocument: encodedDocument(getRolePolicy(caller, RoleName, PolicyName, ports)) }
  },
})
