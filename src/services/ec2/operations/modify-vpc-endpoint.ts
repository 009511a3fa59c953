import { operation } from '#kit/operation.ts'
import { ModifyVpcEndpoint } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { policyFromText } from '../endpoint-policy.ts'
import { find, VPC_ENDPOINT } from '../kinds.ts'
import { changeVpcEndpoint } from '../vpc-endpoints.ts'

export default operation(ModifyVpcEndpoint, {
  authorize: () => ({ action: 'ec2:ModifyVpcEndpoint', resource: '*' }),

  run(input, caller, ports) {
    checkDryRun(input)
    const before = find(VPC_ENDPOINT, caller, input.VpcEndpointId, ports)
    const { ResetPolicy = false, PolicyDocument } = input
    const policy = PolicyDocument === undefined ? before.policy : policyFromText(PolicyDocument)
    const change = {
      subnetIds: edited(before.subnetIds, input.AddSubnetIds, input.RemoveSubnetIds),
      groupIds: edited(before.groupIds, input.AddSecurityGroupIds, input.RemoveSecurityGroupIds),
      routeTableIds: edited(before.routeTableIds, input.AddRouteTableIds, input.RemoveRouteTableIds),
      privateDnsEnabled: input.PrivateDnsEnabled ?? before.privateDnsEnabled,
      policy: ResetPolicy ? undefined : policy,
      tags: before.tags,
    }
    changeVpcEndpoint(caller, before.id, change, ports)
    return { Return: true }
  },
})

function edited(before: readonly string[], added: readonly string[] = [], removed: readonly string[] = []): readonly string[] {
  return [...new Set([...before, ...added])].filter((id) => !removed.includes(id))
}
