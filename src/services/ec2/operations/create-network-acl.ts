import { operation } from '#kit/operation.ts'
import { CreateNetworkAcl } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { createNetworkAcl } from '../network-acls.ts'
import { shownNetworkAcl } from '../shown/network-acl.ts'
import { requestedTags } from '../tags.ts'

export default operation(CreateNetworkAcl, {
  authorize: () => ({ action: 'ec2:CreateNetworkAcl', resource: '*' }),

  run(input, caller, ports) {
    checkDryRun(input)
    const acl = createNetworkAcl(caller, input.VpcId, requestedTags(input.TagSpecifications, 'network-acl'), ports)
    return { NetworkAcl: shownNetworkAcl(caller, acl, ports) }
  },
})
