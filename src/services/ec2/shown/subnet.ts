import { partitionOf, type Scope } from '#core/aws/scope.ts'
import type * as Model from '#services/models/ec2.ts'
import type { Ec2 } from '../kinds.ts'
import { freeAddressCount } from '../network-interfaces.ts'
import type { Subnet } from '../records.ts'

export function shownSubnet({ account, region }: Scope, subnet: Subnet, ports: Pick<Ec2, 'records'>): Model.Subnet {
  return {
    SubnetId: subnet.id,
    SubnetArn: `arn:${partitionOf(region)}:ec2:${region}:${account}:subnet/${subnet.id}`,
    VpcId: subnet.vpcId,
    OwnerId: account,
    State: 'available',
    CidrBlock: subnet.cidrBlock,
    AvailabilityZone: subnet.zone,
    AvailabilityZoneId: subnet.zoneId,
    AvailableIpAddressCount: freeAddressCount({ account, region }, subnet, ports),
    DefaultForAz: subnet.isDefault,
    MapPublicIpOnLaunch: subnet.mapPublicIp,
    MapCustomerOwnedIpOnLaunch: false,
    AssignIpv6AddressOnCreation: false,
    EnableDns64: false,
    Ipv6Native: false,
    Ipv6CidrBlockAssociationSet: [],
    PrivateDnsNameOptionsOnLaunch: {
      HostnameType: 'ip-name',
      EnableResourceNameDnsARecord: false,
      EnableResourceNameDnsAAAARecord: false,
    },
    Tags: subnet.tags,
  }
}
