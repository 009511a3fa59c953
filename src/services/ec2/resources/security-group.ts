import { generatedName } from '#kit/generated-name.ts'
import { type ResourceRequest, resource } from '#kit/resource.ts'
import { type Properties, schema } from '#services/schemas/ec2-security-group.ts'
import { defaultVpcOf } from '../default-vpc.ts'
import { find, SECURITY_GROUP } from '../kinds.ts'
import type { SecurityGroup } from '../records.ts'
import { OPEN_EGRESS, ruleFrom } from '../security-group-rules.ts'
import { createSecurityGroup, deleteSecurityGroup, replaceRules, retagGroup } from '../security-groups.ts'
import { stackTags } from '../tags.ts'
import { egressRule, ingressRule } from '../template-rules.ts'
import { memberWrittenAt } from '../written-at.ts'

export default resource(schema, {
  honours: ['GroupDescription', 'GroupName', 'SecurityGroupEgress', 'SecurityGroupIngress', 'Tags', 'VpcId'],
  refuses: ['SecurityGroupIngress.SourceSecurityGroupName'],

  create(request, ports) {
    const { properties, caller, logicalId, stack } = request
    const group = createSecurityGroup(
      caller,
      {
        vpcId: properties.VpcId ?? defaultVpcOf(caller, ports).id,
        name: properties.GroupName ?? generatedName({ stackName: stack.name, logicalId, limit: 255 }, ports.ids),
        description: properties.GroupDescription,
        ...rulesOf(request),
        tags: stackTags(request),
      },
      ports,
    )
    return stateOf(group)
  },

  update(request, { ref, properties: before }, ports) {
    const { caller } = request
    const [old, wanted] = [rulesOf({ ...request, properties: before }), rulesOf(request)]
    replaceRules(caller, ref, 'ingress', wanted.ingress, old.ingress, ports)
    replaceRules(caller, ref, 'egress', wanted.egress, old.egress, ports)
    retagGroup(caller, ref, stackTags(request), ports)
    return stateOf(find(SECURITY_GROUP, caller, ref, ports))
  },

  delete({ ref, caller }, ports) {
    if (ports.records.get(SECURITY_GROUP.table, caller, ref)) deleteSecurityGroup(caller, ref, ports)
  },
})

function rulesOf(request: ResourceRequest<Properties>) {
  const { SecurityGroupIngress = [], SecurityGroupEgress = [] } = request.properties
  const { account } = request.caller
  const egress = SecurityGroupEgress.map((rule, index) => ({
    ...ruleFrom('egress', egressRule(rule), account),
    ...memberWrittenAt(request, 'SecurityGroupEgress', index),
  }))
  return {
    ingress: SecurityGroupIngress.map((rule, index) => ({
      ...ruleFrom('ingress', ingressRule(rule), account),
      ...memberWrittenAt(request, 'SecurityGroupIngress', index),
    })),
    // The rule that lets everything out goes only where the template has egress rules of its own.
    egress: egress.length > 0 ? egress : [OPEN_EGRESS],
  }
}

function stateOf({ id, vpcId }: SecurityGroup) {
  return { ref: id, attributes: { Id: id, GroupId: id, VpcId: vpcId } }
}
