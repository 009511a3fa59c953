import { operation } from '#kit/operation.ts'
import { CreateReusableDelegationSet } from '#services/models/route53.ts'
import { createDelegationSet } from '../delegation-sets.ts'
import { anything } from '../permission.ts'
import { shownDelegationSet } from '../shown.ts'

export default operation(CreateReusableDelegationSet, {
  authorize: () => anything('CreateReusableDelegationSet'),

  run({ CallerReference, HostedZoneId }, caller, ports) {
    const set = createDelegationSet(caller, { callerReference: CallerReference, zoneId: HostedZoneId }, ports)
    return {
      DelegationSet: shownDelegationSet(set),
      Location: `https://route53.amazonaws.com/2013-04-01/delegationset/${set.id}`,
    }
  },
})
