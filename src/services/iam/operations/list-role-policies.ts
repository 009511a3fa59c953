import { operation } from '#kit/operation.ts'
import { ListRolePolicies } from '#services/models/iam.ts'
import { roleArn } from '../arns.ts'
import { page } from '../paging.ts'
import { getRole } from '../roles.ts'

export default operation(ListRolePolicies, {
  authorize: ({ RoleName }, caller) => ({ action: 'iam:ListRolePolicies', resource: roleArn(caller, RoleName) }),

  run({ RoleName, ...paging }, caller, ports) {
    const { items, ...rest } = page(Object.keys(getRole(caller, RoleName, ports).inline).toSorted(), (name) => name, paging)
    return { PolicyNames: items, ...rest }
  },
})
