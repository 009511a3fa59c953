import { operation } from '#kit/operation.ts'
import { CreateSubnet } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { shownSubnet } from '../shown/subnet.ts'
import { createSubnet } from '../subnets.ts'
import { requestedTags } from '../tags.ts'

export default operation(CreateSubnet, {
  authorize: () => ({ action: 'ec2:CreateSubnet', resource: '*' }),

  run(input, caller, ports) {
    checkDryRun(input)
    const { VpcId, CidrBlock, AvailabilityZone, AvailabilityZoneId, TagSpecifications } = input
    const wanted = { vpcId: VpcId, cidrBlock: CidrBlock, zone: AvailabilityZone, zoneId: AvailabilityZoneId }
    const subnet = createSubnet(caller, { ...wanted, tags: requestedTags(TagSpecifications, 'subnet') }, ports)
    return { Subnet: shownSubnet(caller, subnet, ports) }
  },
})
