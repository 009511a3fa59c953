import { resource } from '#kit/resource.ts'
import { schema } from '#services/schemas/ec2-network-acl.ts'
import { find, NETWORK_ACL, save } from '../kinds.ts'
import { createNetworkAcl, deleteNetworkAcl } from '../network-acls.ts'
import { stackTags } from '../tags.ts'

export default resource(schema, {
  honours: ['Tags', 'VpcId'],

  create: (request, ports) => stateOf(createNetworkAcl(request.caller, request.properties.VpcId, stackTags(request), ports).id),

  update(request, { ref }, ports) {
    save(NETWORK_ACL, request.caller, { ...find(NETWORK_ACL, request.caller, ref, ports), tags: stackTags(request) }, ports)
    return stateOf(ref)
  },

  delete({ ref, caller }, ports) {
    if (ports.records.get(NETWORK_ACL.table, caller, ref)) deleteNetworkAcl(caller, ref, ports)
  },
})

function stateOf(id: string) {
  return { ref: id, attributes: { Id: id } }
}
