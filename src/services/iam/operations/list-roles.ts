import { operation } from '#kit/operation.ts'
import { ListRoles } from '#services/models/iam.ts'
import { page } from '../paging.ts'
import { globalScope, roles } from '../records.ts'
import { shownRole } from '../shown.ts'

export default operation(ListRoles, {
  authorize: (_input, { account }) => ({ action: 'iam:ListRoles', resource: `arn:aws:iam::${account}:role/` }),

  run({ PathPrefix = '/', ...paging }, caller, ports) {
    const all = ports.records.list(roles, globalScope(caller)).filter(({ value }) => value.path.startsWith(PathPrefix))
    const { items, ...rest } = page(all, ({ key }) => key, paging)
    // A list shows less of a role than GetRole does.
    const Roles = items.map(({ value }) => ({ ...shownRole(value), Tags: undefined, PermissionsBoundary: undefined }))
    return { Roles, ...rest }
  },
})
