import { operation } from '#kit/operation.ts'
import type { SecurityGroupRule } from '#services/models/ec2.ts'
import { DescribeSecurityGroupRules } from '#services/models/ec2.ts'
import { chosen, described, type Filters } from '../describe.ts'
import { SECURITY_GROUP } from '../kinds.ts'
import { noSuchRule } from '../security-groups.ts'
import { shownRule } from '../shown/security-group.ts'

export default operation(DescribeSecurityGroupRules, {
  authorize: () => ({ action: 'ec2:DescribeSecurityGroupRules', resource: '*' }),

  run({ SecurityGroupRuleIds: ids = [], ...input }, caller, ports) {
    const all = chosen(SECURITY_GROUP, caller, undefined, ports).flatMap(({ id, rules }) =>
      rules.map((rule) => shownRule(caller, id, rule, ports)),
    )
    const unknown = ids.find((id) => all.every(({ SecurityGroupRuleId }) => SecurityGroupRuleId !== id))
    if (unknown !== undefined) throw noSuchRule(unknown)
    const named = ids.length > 0 ? all.filter(({ SecurityGroupRuleId = '' }) => ids.includes(SecurityGroupRuleId)) : all
    const { page, ...next } = described(named, input, filters, ({ SecurityGroupRuleId }) => SecurityGroupRuleId)
    return { SecurityGroupRules: page, ...next }
  },
})

const filters: Filters<SecurityGroupRule> = {
  'group-id': ({ GroupId }) => GroupId,
  'security-group-rule-id': ({ SecurityGroupRuleId }) => SecurityGroupRuleId,
}
