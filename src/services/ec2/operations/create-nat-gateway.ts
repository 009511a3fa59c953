import { AwsError } from '#core/aws/aws-error.ts'
import { operation } from '#kit/operation.ts'
import type { CreateNatGatewayRequest } from '#services/models/ec2.ts'
import { CreateNatGateway } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { createNatGateway } from '../nat-gateways.ts'
import { shownNatGateway } from '../shown/nat-gateway.ts'
import { requestedTags } from '../tags.ts'

export default operation(CreateNatGateway, {
  authorize: () => ({ action: 'ec2:CreateNatGateway', resource: '*' }),

  run(input, caller, ports) {
    checkDryRun(input)
    checkMembers(input)
    const { SubnetId: subnetId, AllocationId: allocationId, ConnectivityType: connectivity } = input
    const tags = requestedTags(input.TagSpecifications, 'natgateway')
    const nat = createNatGateway(caller, { subnetId, allocationId, connectivity, tags }, ports)
    // Whether it failed, is only seen by who looks again.
    const { DeleteTime: _, FailureCode: _code, FailureMessage: _message, ...shown } = shownNatGateway(nat)
    return { NatGateway: { ...shown, State: 'pending' as const } }
  },
})

function checkMembers(input: CreateNatGatewayRequest): void {
  const { AvailabilityMode, PrivateIpAddress, SecondaryPrivateIpAddressCount } = input
  if (AvailabilityMode === 'regional')
    throw new AwsError('UnsupportedOperation', 'regional NAT gateways are not supported, only zonal ones')
  if (PrivateIpAddress !== undefined)
    throw new AwsError('UnsupportedOperation', 'a private address of one’s choice is not supported')
  const secondary = [...(input.SecondaryAllocationIds ?? []), ...(input.SecondaryPrivateIpAddresses ?? [])]
  if (secondary.length > 0 || SecondaryPrivateIpAddressCount)
    throw new AwsError('UnsupportedOperation', 'secondary addresses of NAT gateways are not supported')
}
