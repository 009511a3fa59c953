import { operation } from '#kit/operation.ts'
import { ListRoleTags } from '#services/models/iam.ts'
import { roleArn } from '../arns.ts'
import { page } from '../paging.ts'
import { getRole } from '../roles.ts'

export default operation(ListRoleTags, {
  authorize: ({ RoleName }, caller) => ({ action: 'iam:ListRoleTags', resource: roleArn(caller, RoleName) }),

  run({ RoleName, ...paging }, caller, ports) {
    const tags = getRole(caller, RoleName, ports).tags.toSorted((a, b) => (a.Key < b.Key ? -1 : 1))
    const { items, ...rest } = page(tags, ({ Key }) => Key, paging)
    return { Tags: items, ...rest }
  },
})
