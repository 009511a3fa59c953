import { operation } from '#kit/operation.ts'
import { DeleteNetworkAclEntry } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { deleteEntry } from '../network-acl-entries.ts'

export default operation(DeleteNetworkAclEntry, {
  authorize: () => ({ action: 'ec2:DeleteNetworkAclEntry', resource: '*' }),

  run(input, caller, ports) {
    checkDryRun(input)
    deleteEntry(caller, input.NetworkAclId, { number: input.RuleNumber, egress: input.Egress }, ports)
  },
})
