import { AwsError } from '#core/aws/aws-error.ts'
import { operation } from '#kit/operation.ts'
import { CreateVpc } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { shownVpc } from '../shown/vpc.ts'
import { requestedTags } from '../tags.ts'
import { createVpc } from '../vpcs.ts'

export default operation(CreateVpc, {
  authorize: () => ({ action: 'ec2:CreateVpc', resource: '*' }),

  run(input, caller, ports) {
    checkDryRun(input)
    if (input.CidrBlock === undefined)
      throw new AwsError('MissingParameter', 'Either CIDR Block or IPv4 IPAM Pool and IPv4 Netmask Length must be provided')
    const tags = requestedTags(input.TagSpecifications, 'vpc')
    const vpc = createVpc(caller, { cidrBlock: input.CidrBlock, tenancy: input.InstanceTenancy, tags }, ports)
    return { Vpc: { ...shownVpc(caller, vpc), State: 'pending' as const } }
  },
})
