import { resource } from '#kit/resource.ts'
import { type Properties, schema } from '#services/schemas/ec2-network-acl-entry.ts'
import { NETWORK_ACL } from '../kinds.ts'
import { createEntry, deleteEntry, replaceEntry } from '../network-acl-entries.ts'

export default resource(schema, {
  honours: ['CidrBlock', 'Egress', 'Icmp', 'Ipv6CidrBlock', 'NetworkAclId', 'PortRange', 'Protocol', 'RuleAction', 'RuleNumber'],

  create({ properties, caller, stack, logicalId }, ports) {
    createEntry(caller, properties.NetworkAclId, properties, ports)
    return stateOf(`${stack.name}-${logicalId}-${ports.ids.alphanumeric(12).toUpperCase()}`)
  },

  update({ properties, caller }, { ref }, ports) {
    replaceEntry(caller, properties.NetworkAclId, properties, ports)
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
