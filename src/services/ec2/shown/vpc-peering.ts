import type * as Model from '#services/models/ec2.ts'
import type { PeeredVpc, VpcPeering } from '../records.ts'

export function shownPeering(peering: VpcPeering): Model.VpcPeeringConnection {
  const { id, requester, accepter, state, message, createdAt, tags } = peering
  const { cidrBlock: _unknownYet, ...asked } = accepter
  return {
    VpcPeeringConnectionId: id,
    RequesterVpcInfo: shownVpc(requester),
    // What the other side's block is, the requester learns once it has accepted.
    AccepterVpcInfo: shownVpc(state === 'active' ? accepter : asked),
    Status: { Code: state, Message: message },
    ...(state === 'pending-acceptance' && { ExpirationTime: new Date(createdAt + WEEK) }),
    Tags: tags,
  }
}

const WEEK = 7 * 24 * 60 * 60 * 1000

function shownVpc({ vpcId, account, region, cidrBlock }: PeeredVpc): Model.VpcPeeringConnectionVpcInfo {
  return {
    VpcId: vpcId,
    OwnerId: account,
    Region: region,
    ...(cidrBlock !== undefined && {
      CidrBlock: cidrBlock,
      CidrBlockSet: [{ CidrBlock: cidrBlock }],
      PeeringOptions: {
        AllowDnsResolutionFromRemoteVpc: false,
        AllowEgressFromLocalClassicLinkToRemoteVpc: false,
        AllowEgressFromLocalVpcToRemoteClassicLink: false,
      },
    }),
  }
}
