import { operation } from '#kit/operation.ts'
import { RevokeSecurityGroupIngress } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { groupNamed, rulesGiven } from '../group-input.ts'
import { revoke, revokeIds } from '../security-groups.ts'

export default operation(RevokeSecurityGroupIngress, {
  authorize: () => ({ action: 'ec2:RevokeSecurityGroupIngress', resource: '*' }),

  run(input, caller, ports) {
    checkDryRun(input)
    const groupId = groupNamed(caller, input, ports)
    const ids = input.SecurityGroupRuleIds ?? []
    if (ids.length > 0) revokeIds(caller, groupId, ids, ports)
    else revoke(caller, groupId, rulesGiven('ingress', input, caller.account), ports)
    return { Return: true }
  },
})
