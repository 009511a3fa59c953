import { operation } from '#kit/operation.ts'
import type { NetworkAcl, NetworkAclEntry } from '#services/models/ec2.ts'
import { DescribeNetworkAcls } from '#services/models/ec2.ts'
import { chosen, described, type Filters } from '../describe.ts'
import { NETWORK_ACL } from '../kinds.ts'
import { shownNetworkAcl } from '../shown/network-acl.ts'

export default operation(DescribeNetworkAcls, {
  authorize: () => ({ action: 'ec2:DescribeNetworkAcls', resource: '*' }),

  run({ NetworkAclIds, ...input }, caller, ports) {
    const all = chosen(NETWORK_ACL, caller, NetworkAclIds, ports).map((one) => shownNetworkAcl(caller, one, ports))
    const { page, ...next } = described(all, input, filters, ({ NetworkAclId }) => NetworkAclId)
    return { NetworkAcls: page, ...next }
  },
})

const ofEntries =
  (look: (entry: NetworkAclEntry) => unknown) =>
  ({ Entries = [] }: NetworkAcl) =>
    Entries.map(look)

const filters: Filters<NetworkAcl> = {
  'association.association-id': ({ Associations = [] }) =>
    Associations.map(({ NetworkAclAssociationId }) => NetworkAclAssociationId),
  'association.network-acl-id': ({ Associations = [] }) => Associations.map(({ NetworkAclId }) => NetworkAclId),
  'association.subnet-id': ({ Associations = [] }) => Associations.map(({ SubnetId }) => SubnetId),
  default: ({ IsDefault }) => IsDefault,
  'entry.cidr': ofEntries(({ CidrBlock }) => CidrBlock),
  'entry.icmp.code': ofEntries(({ IcmpTypeCode }) => IcmpTypeCode?.Code),
  'entry.icmp.type': ofEntries(({ IcmpTypeCode }) => IcmpTypeCode?.Type),
  'entry.ipv6-cidr': ofEntries(({ Ipv6CidrBlock }) => Ipv6CidrBlock),
  'entry.port-range.from': ofEntries(({ PortRange }) => PortRange?.From),
  'entry.port-range.to': ofEntries(({ PortRange }) => PortRange?.To),
  'entry.protocol': ofEntries(({ Protocol }) => Protocol),
  'entry.rule-action': ofEntries(({ RuleAction }) => RuleAction),
  'entry.rule-number': ofEntries(({ RuleNumber }) => RuleNumber),
  'network-acl-id': ({ NetworkAclId }) => NetworkAclId,
  'owner-id': ({ OwnerId }) => OwnerId,
  'vpc-id': ({ VpcId }) => VpcId,
}
