import { AwsError } from '#core/aws/aws-error.ts'
import { resource } from '#kit/resource.ts'
import { type Properties, schema } from '#services/schemas/ec2-vpc-peering-connection.ts'
import { find, save, VPC_PEERING } from '../kinds.ts'
import { stackTags } from '../tags.ts'
import { acceptPeering, createPeering, deletePeering } from '../vpc-peerings.ts'

export default resource(schema, {
  honours: ['PeerOwnerId', 'PeerRegion', 'PeerRoleArn', 'PeerVpcId', 'Tags', 'VpcId'],

  /** CloudFormation accepts the request itself: as the same account, or in the other one by the role that is named. */
  create(request, ports) {
    const { caller, properties } = request
    const { VpcId: vpcId, PeerVpcId: peerVpcId, PeerOwnerId: peerAccount, PeerRegion: peerRegion } = properties
    checkRole(caller.account, properties)
    const wanted = { vpcId, peerVpcId, peerAccount, peerRegion, tags: stackTags(request) }
    const { id, state, message, accepter } = createPeering(caller, wanted, ports)
    // unverified: CloudFormation's words around AWS's.
    if (state === 'failed') throw new AwsError('NotStabilized', `VpcPeeringConnection ${id} failed to stabilize: ${message}`)
    acceptPeering({ account: accepter.account, region: accepter.region }, id, ports)
    return stateOf(id)
  },

  update(request, { ref }, ports) {
    save(VPC_PEERING, request.caller, { ...find(VPC_PEERING, request.caller, ref, ports), tags: stackTags(request) }, ports)
    return stateOf(ref)
  },

  delete({ ref, caller }, ports) {
    if (ports.records.get(VPC_PEERING.table, caller, ref)?.state === 'active') deletePeering(caller, ref, ports)
  },
})

/** A role of the other account is what lets CloudFormation accept there. unverified: the words of these refusals. */
function checkRole(account: string, { PeerOwnerId = account, PeerRoleArn }: Properties): void {
  if (PeerOwnerId === account) return
  if (PeerRoleArn === undefined)
    throw new AwsError('InvalidParameterValue', 'PeerRoleArn is required to peer with a VPC in a different AWS account')
  if (/^arn:[^:]+:iam::(\d{12}):role\/.+$/.exec(PeerRoleArn)?.[1] !== PeerOwnerId)
    throw new AwsError('InvalidParameterValue', `PeerRoleArn ${PeerRoleArn} is not a role of account ${PeerOwnerId}`)
}

function stateOf(id: string) {
  return { ref: id, attributes: { Id: id } }
}
