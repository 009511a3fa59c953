import { operation } from '#kit/operation.ts'
import type { NetworkInterface } from '#services/models/ec2.ts'
import { DescribeNetworkInterfaces } from '#services/models/ec2.ts'
import { chosen, described, type Filters } from '../describe.ts'
import { NETWORK_INTERFACE } from '../kinds.ts'
import { shownInterface } from '../shown/network-interface.ts'

export default operation(DescribeNetworkInterfaces, {
  authorize: () => ({ action: 'ec2:DescribeNetworkInterfaces', resource: '*' }),

  run({ NetworkInterfaceIds, ...input }, caller, ports) {
    const all = chosen(NETWORK_INTERFACE, caller, NetworkInterfaceIds, ports).map((one) => ({
      ...shownInterface(caller, one, ports),
      // Filters look for tags under the name that every other resource has them.
      Tags: one.tags,
    }))
    const { page, ...next } = described(all, input, filters, ({ NetworkInterfaceId }) => NetworkInterfaceId)
    return { NetworkInterfaces: page.map(({ Tags: _, ...shown }) => shown), ...next }
  },
})

const filters: Filters<NetworkInterface> = {
  'addresses.private-ip-address': ({ PrivateIpAddresses = [] }) =>
    PrivateIpAddresses.map(({ PrivateIpAddress }) => PrivateIpAddress),
  'availability-zone': ({ AvailabilityZone }) => AvailabilityZone,
  description: ({ Description }) => Description,
  'group-id': ({ Groups = [] }) => Groups.map(({ GroupId }) => GroupId),
  'group-name': ({ Groups = [] }) => Groups.map(({ GroupName }) => GroupName),
  'interface-type': ({ InterfaceType }) => InterfaceType,
  'mac-address': ({ MacAddress }) => MacAddress,
  'network-interface-id': ({ NetworkInterfaceId }) => NetworkInterfaceId,
  'owner-id': ({ OwnerId }) => OwnerId,
  'private-ip-address': ({ PrivateIpAddress }) => PrivateIpAddress,
  'requester-managed': ({ RequesterManaged }) => RequesterManaged,
  status: ({ Status }) => Status,
  'subnet-id': ({ SubnetId }) => SubnetId,
  'vpc-id': ({ VpcId }) => VpcId,
}
