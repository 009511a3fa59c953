import { operation } from '#kit/operation.ts'
import { ReplaceNetworkAclAssociation } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { replaceAclAssociation } from '../network-acls.ts'

export default operation(ReplaceNetworkAclAssociation, {
  authorize: () => ({ action: 'ec2:ReplaceNetworkAclAssociation', resource: '*' }),

  run(input, caller, ports) {
    checkDryRun(input)
    return { NewAssociationId: replaceAclAssociation(caller, input.AssociationId, input.NetworkAclId, ports) }
  },
})
