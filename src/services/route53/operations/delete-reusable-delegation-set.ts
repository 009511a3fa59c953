import { operation } from '#kit/operation.ts'
import { DeleteReusableDelegationSet } from '#services/models/route53.ts'
import { deleteDelegationSet } from '../delegation-sets.ts'
import { permission } from '../permission.ts'

export default operation(DeleteReusableDelegationSet, {
  authorize: ({ Id }, caller) => permission(caller, 'DeleteReusableDelegationSet', 'delegationset', Id),
  run: ({ Id }, caller, ports) => deleteDelegationSet(caller, Id, ports),
})
