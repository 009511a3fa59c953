import { generatedName } from '#kit/generated-name.ts'
import { resource } from '#kit/resource.ts'
import { type Properties, schema } from '#services/schemas/ec2-network-acl-entry.ts'
import { NETWORK_ACL } from '../kinds.ts'
import { createEntry, deleteEntry, replaceEntry } from '../network-acl-entries.ts'
import { writtenAt } from '../written-at.ts'

export default resource(schema, {
  honours: ['CidrBlock', 'Egress', 'Icmp', 'Ipv6CidrBlock', 'NetworkAclId', 'PortRange', 'Protocol', 'RuleAction', 'RuleNumber'],

  create(request, ports) {
    const { properties, caller, stack, logicalId } = request
    createEntry(caller, properties.NetworkAclId, { ...properties, ...writtenAt(request) }, ports)
    return stateOf(generatedName({ stackName: stack.name, logicalId, limit: 255 }, ports.ids))
  },

  update(request, { ref }, ports) {
    const { properties, caller } = request
    replaceEntry(caller, properties.NetworkAclId, { ...properties, ...writtenAt(request) }, ports)
    return stateOf(ref)
  },

  delete({ properties, caller }, ports) {
    const place = placeOf(properties)
    const acl = ports.records.get(NETWORK_ACL.table, caller, properties.NetworkAclId)
    if (acl?.entries.some(({ number, egress }) => number === place.number && egress === place.egress))
      deleteEntry(caller, acl.id, place, ports)
  },
})

function placeOf({ RuleNumber: number, Egress: egress = false }: Properties) {
  return { number, egress }
}

function stateOf(id: string) {
  return { ref: id, attributes: { Id: id } }
}
