import type { Scope } from '#core/aws/scope.ts'
import type * as Model from '#services/models/ec2.ts'
import type { Ec2 } from '../kinds.ts'
import type { NetworkInterface } from '../records.ts'
import { groupNames } from './vpc-endpoint.ts'

export function shownInterface(scope: Scope, one: NetworkInterface, ports: Pick<Ec2, 'records'>): Model.NetworkInterface {
  return {
    NetworkInterfaceId: one.id,
    InterfaceType: 'vpc_endpoint',
    Description: one.description,
    Status: 'in-use',
    VpcId: one.vpcId,
    SubnetId: one.subnetId,
    AvailabilityZone: one.zone,
    MacAddress: one.macAddress,
    OwnerId: scope.account,
    RequesterManaged: true,
    SourceDestCheck: true,
    PrivateIpAddress: one.address,
    PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: one.address }],
    Ipv6Addresses: [],
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
