import { operation } from '#kit/operation.ts'
import { ListPolicies } from '#services/models/iam.ts'
import { page } from '../paging.ts'
import { globalScope, managedPolicies } from '../records.ts'
import { shownPolicy } from '../shown.ts'

export default operation(ListPolicies, {
  authorize: (_input, { account }) => ({ action: 'iam:ListPolicies', resource: `arn:aws:iam::${account}:policy/` }),

  run({ Scope = 'All', OnlyAttached = false, PathPrefix = '/', ...paging }, caller, ports) {
    // The policies that AWS manages are not here.
    const own = Scope === 'AWS' ? [] : ports.records.list(managedPolicies, globalScope(caller))
    const shown = own
      .filter(({ value }) => value.path.startsWith(PathPrefix))
      .map(({ value }) => shownPolicy(caller, value, ports))
      .filter(({ AttachmentCount = 0 }) => !OnlyAttached || AttachmentCount > 0)
    const { items, ...rest } = page(shown, ({ Arn = '' }) => Arn, paging)
    return { Policies: items, ...rest }
  },
})
