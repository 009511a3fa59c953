import type { Scope } from '#core/aws/scope.ts'
import type * as Model from '#services/models/ec2.ts'
import { type Ec2, NAT_GATEWAY } from '../kinds.ts'
import type { NetworkInterface } from '../records.ts'
import { groupNames } from './vpc-endpoint.ts'

export function shownInterface(scope: Scope, one: NetworkInterface, ports: Pick<Ec2, 'records'>): Model.NetworkInterface {
  return {
    NetworkInterfaceId: one.id,
    // AWS's word for it is not that of AWS's own model.
    InterfaceType: one.natGatewayId === undefined ? 'vpc_endpoint' : ('nat_gateway' as 'natGateway'),
    Description: one.description,
    Status: 'in-use',
    VpcId: one.vpcId,
    SubnetId: one.subnetId,
    AvailabilityZone: one.zone,
    MacAddress: one.macAddress,
    OwnerId: scope.account,
    RequesterManaged: true,
    // A NAT gateway carries packets that are not its own.
    SourceDestCheck: one.natGatewayId === undefined,
    PrivateIpAddress: one.address,
    PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: one.address }],
    Ipv6Addresses: [],
    ...elasticOf(scope, one, ports),
    Groups: groupNames(scope, one.groupIds, ports),
    Attachment: {
      AttachmentId: one.attachmentId,
      DeleteOnTermination: false,
      DeviceIndex: 1,
      InstanceOwnerId: 'amazon-aws',
      Status: 'attached',
    },
    TagSet: one.tags,
  }
}

function elasticOf(scope: Scope, { natGatewayId = '' }: NetworkInterface, ports: Pick<Ec2, 'records'>) {
  const elastic = ports.records.get(NAT_GATEWAY.table, scope, natGatewayId)?.elastic
  if (!elastic) return {}
  const { allocationId, associationId, publicIp } = elastic
  return {
    Association: { AllocationId: allocationId, AssociationId: associationId, IpOwnerId: scope.account, PublicIp: publicIp },
  }
}
