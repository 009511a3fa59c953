import { AwsError } from '#core/aws/aws-error.ts'
import { operation } from '#kit/operation.ts'
import { CreateVpcEndpoint } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { policyFromText } from '../endpoint-policy.ts'
import { shownEndpoint } from '../shown/vpc-endpoint.ts'
import { requestedTags } from '../tags.ts'
import { createVpcEndpoint } from '../vpc-endpoints.ts'

export default operation(CreateVpcEndpoint, {
  authorize: () => ({ action: 'ec2:CreateVpcEndpoint', resource: '*' }),

  async run(input, caller, ports) {
    checkDryRun(input)
    const { ServiceName, VpcEndpointType: type = 'Gateway', PolicyDocument } = input
    if (ServiceName === undefined) throw new AwsError('MissingParameter', 'The request must contain the parameter ServiceName')
    if (type !== 'Interface' && type !== 'Gateway')
      throw new AwsError('UnsupportedOperation', `endpoints of type \`${type}\` are not supported, only Interface and Gateway`)
    const endpoint = await createVpcEndpoint(
      caller,
      {
        vpcId: input.VpcId,
        serviceName: ServiceName,
        type,
        subnetIds: input.SubnetIds ?? [],
        groupIds: input.SecurityGroupIds ?? [],
        routeTableIds: input.RouteTableIds ?? [],
        // The API switches private names on unless told not to; CloudFormation does not.
        privateDnsEnabled: input.PrivateDnsEnabled ?? type === 'Interface',
        policy: PolicyDocument === undefined ? undefined : policyFromText(PolicyDocument),
        tags: requestedTags(input.TagSpecifications, 'vpc-endpoint'),
      },
      ports,
    )
    return { VpcEndpoint: shownEndpoint(caller, endpoint, ports) }
  },
})
