import { operation } from '#kit/operation.ts'
import { CreateRole } from '#services/models/iam.ts'
import { roleArn } from '../arns.ts'
import { createRole } from '../roles.ts'
import { shownRole } from '../shown.ts'

export default operation(CreateRole, {
  authorize: ({ RoleName }, caller) => ({ action: 'iam:CreateRole', resource: roleArn(caller, RoleName) }),

  run(input, caller, ports) {
    const role = createRole(
      caller,
      {
        name: input.RoleName,
        path: input.Path,
        trust: input.AssumeRolePolicyDocument,
        description: input.Description,
        maxSessionSeconds: input.MaxSessionDuration,
        boundary: input.PermissionsBoundary,
        tags: input.Tags ?? [],
      },
      ports,
    )
    return { Role: shownRole(role) }
  },
})
