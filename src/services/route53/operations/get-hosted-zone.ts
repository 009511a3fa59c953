import { operation } from '#kit/operation.ts'
import { GetHostedZone } from '#services/models/route53.ts'
import { getHostedZone } from '../hosted-zones.ts'
import { permission } from '../permission.ts'
import { shownDelegation, shownVpc, shownZone } from '../shown.ts'

export default operation(GetHostedZone, {
  authorize: ({ Id }, caller) => permission(caller, 'GetHostedZone', 'hostedzone', Id),

  run({ Id }, caller, ports) {
    const zone = getHostedZone(caller, Id, ports)
    return {
      HostedZone: shownZone(zone),
      DelegationSet: shownDelegation(zone),
      ...(zone.isPrivate && { VPCs: zone.vpcs.map(shownVpc) }),
    }
  },
})
