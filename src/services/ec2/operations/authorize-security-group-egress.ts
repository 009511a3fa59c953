import { operation } from '#kit/operation.ts'
import { AuthorizeSecurityGroupEgress } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { groupNamed, rulesGiven } from '../group-input.ts'
import { authorize } from '../security-groups.ts'
import { shownRule } from '../shown/security-group.ts'

export default operation(AuthorizeSecurityGroupEgress, {
  authorize: () => ({ action: 'ec2:AuthorizeSecurityGroupEgress', resource: '*' }),

  run(input, caller, ports) {
    checkDryRun(input)
    const groupId = groupNamed(caller, input, ports)
    const rules = authorize(caller, groupId, rulesGiven('egress', input, caller.account), ports)
    return { Return: true, SecurityGroupRules: rules.map((rule) => shownRule(caller, groupId, rule, ports)) }
  },
})
