import { AwsError } from '#core/aws/aws-error.ts'
import { operation } from '#kit/operation.ts'
import { ReleaseAddress } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { addressWithIp, releaseAddress } from '../elastic-addresses.ts'

export default operation(ReleaseAddress, {
  authorize: () => ({ action: 'ec2:ReleaseAddress', resource: '*' }),

  run(input, caller, ports) {
    checkDryRun(input)
    const { AllocationId, PublicIp } = input
    if (AllocationId === undefined && PublicIp === undefined)
      throw new AwsError('MissingParameter', 'Either public IP or allocation id must be specified')
    releaseAddress(caller, AllocationId ?? addressWithIp(caller, PublicIp ?? '', ports).id, ports)
  },
})
