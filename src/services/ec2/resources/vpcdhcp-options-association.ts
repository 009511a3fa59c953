import { resource } from '#kit/resource.ts'
import { schema } from '#services/schemas/ec2-vpcdhcp-options-association.ts'
import { associateDhcpOptions, NO_OPTIONS } from '../dhcp-options.ts'
import { VPC } from '../kinds.ts'

export default resource(schema, {
  honours: ['DhcpOptionsId', 'VpcId'],

  create({ properties: { DhcpOptionsId, VpcId }, caller }, ports) {
    associateDhcpOptions(caller, DhcpOptionsId, VpcId, ports)
    return { ref: `${DhcpOptionsId}|${VpcId}`, attributes: {} }
  },

  /** unverified: that the VPC is left without options. Where it has others by now, it keeps them. */
  delete({ properties: { DhcpOptionsId, VpcId }, caller }, ports) {
    const vpc = ports.records.get(VPC.table, caller, VpcId)
    if (vpc?.dhcpOptionsId === DhcpOptionsId) associateDhcpOptions(caller, NO_OPTIONS, VpcId, ports)
  },
})
