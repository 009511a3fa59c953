import { operation } from '#kit/operation.ts'
import { CreateNetworkAclEntry } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { createEntry } from '../network-acl-entries.ts'

export default operation(CreateNetworkAclEntry, {
  authorize: () => ({ action: 'ec2:CreateNetworkAclEntry', resource: '*' }),

  run({ NetworkAclId, IcmpTypeCode: Icmp, ...input }, caller, ports) {
    checkDryRun(input)
    createEntry(caller, NetworkAclId, { ...input, Icmp }, ports)
  },
})
