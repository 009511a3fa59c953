import { AwsError } from '#core/aws/aws-error.ts'
import { resource } from '#kit/resource.ts'
import { schema } from '#services/schemas/ec2-nat-gateway.ts'
import { find, NAT_GATEWAY, save } from '../kinds.ts'
import { createNatGateway, deleteNatGateway } from '../nat-gateways.ts'
import type { NatGateway } from '../records.ts'
import { stackTags } from '../tags.ts'

export default resource(schema, {
  honours: ['AllocationId', 'ConnectivityType', 'SubnetId', 'Tags'],

  create(request, ports) {
    const { SubnetId: subnetId, AllocationId: allocationId, ConnectivityType: connectivity } = request.properties
    const wanted = { subnetId, allocationId, connectivity, tags: stackTags(request) }
    const nat = createNatGateway(request.caller, wanted, ports)
    if (nat.failure)
      throw new AwsError(
        'NotStabilized',
        `NatGateway ${nat.id} is in state failed and hence failed to stabilize. Detailed failure message: ${nat.failure.message}`,
      )
    return stateOf(nat)
  },

  update(request, { ref }, ports) {
    const nat = { ...find(NAT_GATEWAY, request.caller, ref, ports), tags: stackTags(request) }
    return stateOf(save(NAT_GATEWAY, request.caller, nat, ports))
  },

  delete({ ref, caller }, ports) {
    const nat = ports.records.get(NAT_GATEWAY.table, caller, ref)
    if (nat && nat.state !== 'deleted') deleteNatGateway(caller, ref, ports)
  },
})

function stateOf({ id, interface: own }: NatGateway) {
  return { ref: id, attributes: { NatGatewayId: id, ...(own && { EniId: own.id }) } }
}
