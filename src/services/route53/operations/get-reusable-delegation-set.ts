import { operation } from '#kit/operation.ts'
import { GetReusableDelegationSet } from '#services/models/route53.ts'
import { getDelegationSet } from '../delegation-sets.ts'
import { permission } from '../permission.ts'
import { shownDelegationSet } from '../shown.ts'

export default operation(GetReusableDelegationSet, {
  authorize: ({ Id }, caller) => permission(caller, 'GetReusableDelegationSet', 'delegationset', Id),
  run: ({ Id }, caller, ports) => ({ DelegationSet: shownDelegationSet(getDelegationSet(caller, Id, ports)) }),
})
