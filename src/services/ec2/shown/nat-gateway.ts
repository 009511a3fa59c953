import type * as Model from '#services/models/ec2.ts'
import type { NatGateway } from '../records.ts'

export function shownNatGateway(nat: NatGateway): Model.NatGateway {
  const { id, vpcId, subnetId, connectivity, state, failure, createdAt, endedAt, tags } = nat
  return {
    NatGatewayId: id,
    VpcId: vpcId,
    SubnetId: subnetId,
    ConnectivityType: connectivity,
    State: state,
    CreateTime: new Date(createdAt),
    ...(endedAt !== undefined && { DeleteTime: new Date(endedAt) }),
    ...(failure && { FailureCode: failure.code, FailureMessage: failure.message }),
    NatGatewayAddresses: addressesOf(nat),
    Tags: tags,
  }
}

function addressesOf({ interface: own, elastic }: NatGateway): readonly Model.NatGatewayAddress[] {
  if (!own) return []
  return [
    {
      NetworkInterfaceId: own.id,
      PrivateIp: own.address,
      ...(elastic && {
        AllocationId: elastic.allocationId,
        AssociationId: elastic.associationId,
        PublicIp: elastic.publicIp,
      }),
      IsPrimary: true,
      Status: 'succeeded',
    },
  ]
}
