import { AwsError } from '#core/aws/aws-error.ts'
import { operation } from '#kit/operation.ts'
import { CreateVpcPeeringConnection } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { shownPeering } from '../shown/vpc-peering.ts'
import { requestedTags } from '../tags.ts'
import { createPeering } from '../vpc-peerings.ts'

export default operation(CreateVpcPeeringConnection, {
  authorize: () => ({ action: 'ec2:CreateVpcPeeringConnection', resource: '*' }),

  run(input, caller, ports) {
    checkDryRun(input)
    const { VpcId: vpcId, PeerVpcId: peerVpcId, PeerOwnerId: peerAccount, PeerRegion: peerRegion } = input
    if (peerVpcId === undefined) throw new AwsError('MissingParameter', 'The request must contain the parameter peerVpcId')
    const tags = requestedTags(input.TagSpecifications, 'vpc-peering-connection')
    const peering = createPeering(caller, { vpcId, peerVpcId, peerAccount, peerRegion, tags }, ports)
    const Status = { Code: 'initiating-request', Message: `Initiating Request to ${peering.accepter.account}` } as const
    return { VpcPeeringConnection: { ...shownPeering(peering), Status } }
  },
})
