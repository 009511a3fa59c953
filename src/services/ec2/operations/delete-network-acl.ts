import { operation } from '#kit/operation.ts'
import { DeleteNetworkAcl } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { deleteNetworkAcl } from '../network-acls.ts'

export default operation(DeleteNetworkAcl, {
  authorize: () => ({ action: 'ec2:DeleteNetworkAcl', resource: '*' }),

  run(input, caller, ports) {
    checkDryRun(input)
    deleteNetworkAcl(caller, input.NetworkAclId, ports)
  },
})
