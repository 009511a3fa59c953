import { AwsError } from '#core/aws/aws-error.ts'
import { operation } from '#kit/operation.ts'
import type { AllocateAddressRequest } from '#services/models/ec2.ts'
import { AllocateAddress } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { allocateAddress } from '../elastic-addresses.ts'
import { allocationOf } from '../shown/elastic-address.ts'
import { requestedTags } from '../tags.ts'

export default operation(AllocateAddress, {
  authorize: () => ({ action: 'ec2:AllocateAddress', resource: '*' }),

  run(input, caller, ports) {
    checkDryRun(input)
    checkPool(input)
    return allocationOf(caller, allocateAddress(caller, requestedTags(input.TagSpecifications, 'elastic-ip'), ports))
  },
})

function checkPool({ Address, CustomerOwnedIpv4Pool, IpamPoolId, PublicIpv4Pool = 'amazon' }: AllocateAddressRequest): void {
  if (Address !== undefined || CustomerOwnedIpv4Pool !== undefined || IpamPoolId !== undefined || PublicIpv4Pool !== 'amazon')
    throw new AwsError('UnsupportedOperation', "addresses of one's own choice or pool are not supported, only Amazon's pool")
}
