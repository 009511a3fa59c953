import { operation } from '#kit/operation.ts'
import { CreateHostedZone } from '#services/models/route53.ts'
import { submitChange } from '../change-log.ts'
import { createHostedZone } from '../hosted-zones.ts'
import { anything } from '../permission.ts'
import { invalidInput } from '../refusals.ts'
import { shownDelegation, shownVpc, shownZone } from '../shown.ts'
import { ownVpc } from '../vpc-associations.ts'

export default operation(CreateHostedZone, {
  authorize: () => anything('CreateHostedZone'),

  run({ Name, VPC, CallerReference, HostedZoneConfig, DelegationSetId }, caller, ports) {
    // unverified: the words of both.
    if (HostedZoneConfig?.PrivateZone && !VPC)
      throw invalidInput('When you create a private hosted zone, you must also specify values for VPCId and VPCRegion.')
    if (VPC && DelegationSetId !== undefined)
      throw invalidInput('A reusable delegation set cannot be associated with a private hosted zone.')
    const vpc = VPC && ownVpc(caller, VPC, ports)
    const zone = createHostedZone(
      caller,
      { name: Name, callerReference: CallerReference, comment: HostedZoneConfig?.Comment, vpc, delegationSetId: DelegationSetId },
      ports,
    )
    return {
      HostedZone: shownZone(zone),
      ChangeInfo: submitChange(caller, undefined, ports),
      DelegationSet: shownDelegation(zone),
      VPC: vpc && shownVpc(vpc),
      Location: `https://route53.amazonaws.com/2013-04-01/hostedzone/${zone.id}`,
    }
  },
})
