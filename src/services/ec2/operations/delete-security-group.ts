import { operation } from '#kit/operation.ts'
import { DeleteSecurityGroup } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { groupNamed } from '../group-input.ts'
import { deleteSecurityGroup } from '../security-groups.ts'

export default operation(DeleteSecurityGroup, {
  authorize: () => ({ action: 'ec2:DeleteSecurityGroup', resource: '*' }),

  run(input, caller, ports) {
    checkDryRun(input)
    const groupId = groupNamed(caller, input, ports)
    deleteSecurityGroup(caller, groupId, ports)
    return { Return: true, GroupId: groupId }
  },
})
