import type { Scope } from '#core/aws/scope.ts'
import type * as Model from '#services/models/ec2.ts'
import type { Ec2 } from '../kinds.ts'
import { LAST_ENTRY } from '../network-acl-entries.ts'
import { subnetsOf } from '../network-acls.ts'
import type { NetworkAcl, NetworkAclEntry } from '../records.ts'

export function shownNetworkAcl(scope: Scope, acl: NetworkAcl, ports: Pick<Ec2, 'records'>): Model.NetworkAcl {
  return {
    NetworkAclId: acl.id,
    VpcId: acl.vpcId,
    OwnerId: scope.account,
    IsDefault: acl.isDefault,
    Associations: subnetsOf(scope, acl, ports).map(({ id, networkAclAssociationId }) => ({
      NetworkAclAssociationId: networkAclAssociationId,
      NetworkAclId: acl.id,
      SubnetId: id,
    })),
    Entries: [true, false].flatMap((egress) => entriesOf(acl, egress)).map(shownEntry),
    Tags: acl.tags,
  }
}

/** Those of one direction in the order in which they decide. */
function entriesOf({ entries }: NetworkAcl, egress: boolean): readonly NetworkAclEntry[] {
  const last: NetworkAclEntry = { number: LAST_ENTRY, egress, protocol: '-1', action: 'deny', cidr: '0.0.0.0/0' }
  return [...entries.filter((entry) => entry.egress === egress).sort((a, b) => a.number - b.number), last]
}

function shownEntry({ number, egress, protocol, action, cidr, ports, icmp }: NetworkAclEntry): Model.NetworkAclEntry {
  return {
    RuleNumber: number,
    Egress: egress,
    Protocol: protocol,
    RuleAction: action,
    ...(cidr.includes(':') ? { Ipv6CidrBlock: cidr } : { CidrBlock: cidr }),
    ...(ports && { PortRange: { From: ports.from, To: ports.to } }),
    ...(icmp && { IcmpTypeCode: { Type: icmp.type, Code: icmp.code } }),
  }
}
