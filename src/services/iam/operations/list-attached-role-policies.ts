import { operation } from '#kit/operation.ts'
import { ListAttachedRolePolicies } from '#services/models/iam.ts'
import { roleArn } from '../arns.ts'
import { page } from '../paging.ts'
import { getRole } from '../roles.ts'

export default operation(ListAttachedRolePolicies, {
  authorize: ({ RoleName }, caller) => ({ action: 'iam:ListAttachedRolePolicies', resource: roleArn(caller, RoleName) }),

  run({ RoleName, PathPrefix: _, ...paging }, caller, ports) {
    const { items, ...rest } = page(getRole(caller, RoleName, ports).attached.toSorted(), (arn) => arn, paging)
    return {
      AttachedPolicies: items.map((arn) => ({ PolicyName: arn.slice(arn.lastIndexOf('/') + 1), PolicyArn: arn })),
      ...rest,
    }
  },
})
