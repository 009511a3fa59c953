import { operation } from '#kit/operation.ts'
import { RevokeSecurityGroupEgress } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { groupNamed, rulesGiven } from '../group-input.ts'
import { revoke, revokeIds } from '../security-groups.ts'

export default operation(RevokeSecurityGroupEgress, {
  authorize: () => ({ action: 'ec2:RevokeSecurityGroupEgress', resource: '*' }),

  run(input, caller, ports) {
    checkDryRun(input)
    const groupId = groupNamed(caller, input, ports)
    const ids = input.SecurityGroupRuleIds ?? []
    if (ids.length > 0) revokeIds(caller, groupId, ids, ports)
    else revoke(caller, groupId, rulesGiven('egress', input, caller.account), ports)
    return { Return: true }
  },
})
