import { resource } from '#kit/resource.ts'
import { schema } from '#services/schemas/ec2-eip.ts'
import { addressWithIp, allocateAddress, releaseAddress } from '../elastic-addresses.ts'
import { ELASTIC_ADDRESS, listAll, save } from '../kinds.ts'
import type { ElasticAddress } from '../records.ts'
import { stackTags } from '../tags.ts'

export default resource(schema, {
  honours: ['Domain', 'Tags'],
  limits: {
    Domain: (value) => (value === 'vpc' ? undefined : `an address of the domain \`${value}\` is not supported, only \`vpc\``),
  },

  create: (request, ports) => stateOf(allocateAddress(request.caller, stackTags(request), ports)),

  update(request, { ref }, ports) {
    const address = { ...addressWithIp(request.caller, ref, ports), tags: stackTags(request) }
    return stateOf(save(ELASTIC_ADDRESS, request.caller, address, ports))
  },

  delete({ ref, caller }, ports) {
    const address = listAll(ELASTIC_ADDRESS, caller, ports).find(({ publicIp }) => publicIp === ref)
    if (address) releaseAddress(caller, address.id, ports)
  },
})

/** `Ref` is the address itself. */
function stateOf({ id, publicIp }: ElasticAddress) {
  return { ref: publicIp, attributes: { AllocationId: id, PublicIp: publicIp } }
}
