import type { Scope } from '#core/aws/scope.ts'
import type * as Model from '#services/models/ec2.ts'
import { holderOf } from '../elastic-addresses.ts'
import type { Ec2 } from '../kinds.ts'
import type { ElasticAddress } from '../records.ts'

export function shownAddress(scope: Scope, address: ElasticAddress, ports: Pick<Ec2, 'records'>): Model.Address {
  const holder = holderOf(scope, address.id, ports)
  return {
    ...allocationOf(scope, address),
    ...(holder?.interface &&
      holder.elastic && {
        AssociationId: holder.elastic.associationId,
        NetworkInterfaceId: holder.interface.id,
        NetworkInterfaceOwnerId: scope.account,
        PrivateIpAddress: holder.interface.address,
      }),
    Tags: address.tags,
  }
}

export function allocationOf({ region }: Scope, { id, publicIp }: ElasticAddress) {
  return { AllocationId: id, PublicIp: publicIp, Domain: 'vpc', PublicIpv4Pool: 'amazon', NetworkBorderGroup: region } as const
}
