import { operation } from '#kit/operation.ts'
import type { Address } from '#services/models/ec2.ts'
import { DescribeAddresses } from '#services/models/ec2.ts'
import { chosen, described, type Filters } from '../describe.ts'
import { addressWithIp } from '../elastic-addresses.ts'
import { ELASTIC_ADDRESS } from '../kinds.ts'
import { shownAddress } from '../shown/elastic-address.ts'

export default operation(DescribeAddresses, {
  authorize: () => ({ action: 'ec2:DescribeAddresses', resource: '*' }),

  run({ AllocationIds = [], PublicIps = [], ...input }, caller, ports) {
    const ids = [...AllocationIds, ...PublicIps.map((ip) => addressWithIp(caller, ip, ports).id)]
    const all = chosen(ELASTIC_ADDRESS, caller, ids, ports).map((one) => shownAddress(caller, one, ports))
    return { Addresses: described(all, input, filters, ({ AllocationId }) => AllocationId).page }
  },
})

const filters: Filters<Address> = {
  'allocation-id': ({ AllocationId }) => AllocationId,
  'association-id': ({ AssociationId }) => AssociationId,
  domain: ({ Domain }) => Domain,
  'network-border-group': ({ NetworkBorderGroup }) => NetworkBorderGroup,
  'network-interface-id': ({ NetworkInterfaceId }) => NetworkInterfaceId,
  'network-interface-owner-id': ({ NetworkInterfaceOwnerId }) => NetworkInterfaceOwnerId,
  'private-ip-address': ({ PrivateIpAddress }) => PrivateIpAddress,
  'public-ip': ({ PublicIp }) => PublicIp,
}
