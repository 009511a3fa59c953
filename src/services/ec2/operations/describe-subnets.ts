import { operation } from '#kit/operation.ts'
import type { Subnet } from '#services/models/ec2.ts'
import { DescribeSubnets } from '#services/models/ec2.ts'
import { chosen, described, type Filters } from '../describe.ts'
import { SUBNET } from '../kinds.ts'
import { shownSubnet } from '../shown/subnet.ts'

export default operation(DescribeSubnets, {
  authorize: () => ({ action: 'ec2:DescribeSubnets', resource: '*' }),

  run({ SubnetIds, ...input }, caller, ports) {
    const all = chosen(SUBNET, caller, SubnetIds, ports).map((one) => shownSubnet(caller, one, ports))
    const { page, ...next } = described(all, input, filters, ({ SubnetId }) => SubnetId)
    return { Subnets: page, ...next }
  },
})

const filters: Filters<Subnet> = {
  'availability-zone': ({ AvailabilityZone }) => AvailabilityZone,
  availabilityZone: ({ AvailabilityZone }) => AvailabilityZone,
  'availability-zone-id': ({ AvailabilityZoneId }) => AvailabilityZoneId,
  'available-ip-address-count': ({ AvailableIpAddressCount }) => AvailableIpAddressCount,
  cidr: ({ CidrBlock }) => CidrBlock,
  'cidr-block': ({ CidrBlock }) => CidrBlock,
  'default-for-az': ({ DefaultForAz }) => DefaultForAz,
  'map-public-ip-on-launch': ({ MapPublicIpOnLaunch }) => MapPublicIpOnLaunch,
  'owner-id': ({ OwnerId }) => OwnerId,
  state: ({ State }) => State,
  'subnet-arn': ({ SubnetArn }) => SubnetArn,
  'subnet-id': ({ SubnetId }) => SubnetId,
  'vpc-id': ({ VpcId }) => VpcId,
}
