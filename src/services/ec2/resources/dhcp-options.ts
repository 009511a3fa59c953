import { resource } from '#kit/resource.ts'
import { type Properties, schema } from '#services/schemas/ec2-dhcp-options.ts'
import { createDhcpOptions, deleteDhcpOptions } from '../dhcp-options.ts'
import { DHCP_OPTIONS, find, save } from '../kinds.ts'
import { stackTags } from '../tags.ts'

export default resource(schema, {
  honours: [
    'DomainName',
    'DomainNameServers',
    'Ipv6AddressPreferredLeaseTime',
    'NetbiosNameServers',
    'NetbiosNodeType',
    'NtpServers',
    'Tags',
  ],

  create(request, ports) {
    return stateOf(createDhcpOptions(request.caller, optionsFrom(request.properties), stackTags(request), ports).id)
  },

  update(request, { ref }, ports) {
    save(DHCP_OPTIONS, request.caller, { ...find(DHCP_OPTIONS, request.caller, ref, ports), tags: stackTags(request) }, ports)
    return stateOf(ref)
  },

  delete({ ref, caller }, ports) {
    if (ports.records.get(DHCP_OPTIONS.table, caller, ref)) deleteDhcpOptions(caller, ref, ports)
  },
})

function optionsFrom(properties: Properties) {
  const written = {
    'domain-name': properties.DomainName,
    'domain-name-servers': properties.DomainNameServers,
    'ipv6-address-preferred-lease-time': properties.Ipv6AddressPreferredLeaseTime,
    'netbios-name-servers': properties.NetbiosNameServers,
    'netbios-node-type': properties.NetbiosNodeType,
    'ntp-servers': properties.NtpServers,
  }
  return Object.entries(written).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, values: [value].flat().map(String) }],
  )
}

function stateOf(id: string) {
  return { ref: id, attributes: { DhcpOptionsId: id } }
}
