import { resource } from '#kit/resource.ts'
import { schema } from '#services/schemas/ec2-subnet.ts'
import { SUBNET } from '../kinds.ts'
import type { Subnet } from '../records.ts'
import { changeSubnet, createSubnet, deleteSubnet } from '../subnets.ts'
import { stackTags } from '../tags.ts'

export default resource(schema, {
  honours: ['AvailabilityZone', 'AvailabilityZoneId', 'CidrBlock', 'MapPublicIpOnLaunch', 'Tags', 'VpcId'],

  create(request, ports) {
    const { VpcId, CidrBlock, AvailabilityZone, AvailabilityZoneId, MapPublicIpOnLaunch } = request.properties
    const subnet = createSubnet(
      request.caller,
      {
        vpcId: VpcId,
        cidrBlock: CidrBlock,
        zone: AvailabilityZone,
        zoneId: AvailabilityZoneId,
        mapPublicIp: MapPublicIpOnLaunch,
        tags: stackTags(request),
      },
      ports,
    )
    return stateOf(subnet)
  },

  update(request, { ref }, ports) {
    const { MapPublicIpOnLaunch: mapPublicIp = false } = request.properties
    return stateOf(changeSubnet(request.caller, ref, { mapPublicIp, tags: stackTags(request) }, ports))
  },

  delete({ ref, caller }, ports) {
    if (ports.records.get(SUBNET.table, caller, ref)) deleteSubnet(caller, ref, ports)
  },
})

function stateOf(subnet: Subnet) {
  return {
    ref: subnet.id,
    attributes: {
      SubnetId: subnet.id,
      VpcId: subnet.vpcId,
      CidrBlock: subnet.cidrBlock,
      AvailabilityZone: subnet.zone,
      AvailabilityZoneId: subnet.zoneId,
      NetworkAclAssociationId: subnet.networkAclAssociationId,
      Ipv6CidrBlocks: [],
    },
  }
}
