import { operation } from '#kit/operation.ts'
import { CreateSecurityGroup } from '#services/models/ec2.ts'
import { defaultVpcOf } from '../default-vpc.ts'
import { checkDryRun } from '../describe.ts'
import { createSecurityGroup } from '../security-groups.ts'
import { groupArn } from '../shown/security-group.ts'
import { requestedTags } from '../tags.ts'

export default operation(CreateSecurityGroup, {
  authorize: () => ({ action: 'ec2:CreateSecurityGroup', resource: '*' }),

  run(input, caller, ports) {
    checkDryRun(input)
    const { GroupName, Description, VpcId, TagSpecifications } = input
    const vpcId = VpcId ?? defaultVpcOf(caller, ports).id
    const tags = requestedTags(TagSpecifications, 'security-group')
    const { id } = createSecurityGroup(caller, { vpcId, name: GroupName, description: Description, ingress: [], tags }, ports)
    return { GroupId: id, SecurityGroupArn: groupArn(caller, id), ...(tags.length > 0 && { Tags: tags }) }
  },
})
