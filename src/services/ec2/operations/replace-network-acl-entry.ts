import { operation } from '#kit/operation.ts'
import { ReplaceNetworkAclEntry } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { replaceEntry } from '../network-acl-entries.ts'

export default operation(ReplaceNetworkAclEntry, {
  authorize: () => ({ action: 'ec2:ReplaceNetworkAclEntry', resource: '*' }),

  run({ NetworkAclId, IcmpTypeCode: Icmp, ...input }, caller, ports) {
    checkDryRun(input)
    replaceEntry(caller, NetworkAclId, { ...input, Icmp }, ports)
  },
})
