import { AwsError } from '#core/aws/aws-error.ts'
import { operation } from '#kit/operation.ts'
import { DeleteVpcEndpoints } from '#services/models/ec2.ts'
import { checkDryRun } from '../describe.ts'
import { deleteVpcEndpoint } from '../vpc-endpoints.ts'

export default operation(DeleteVpcEndpoints, {
  authorize: () => ({ action: 'ec2:DeleteVpcEndpoints', resource: '*' }),

  /** Deletes what it can, and lists what it could not. */
  async run(input, caller, ports) {
    checkDryRun(input)
    const unsuccessful = []
    for (const ResourceId of input.VpcEndpointIds) {
      try {
        await deleteVpcEndpoint(caller, ResourceId, ports)
      } catch (error) {
        if (!(error instanceof AwsError)) throw error
        unsuccessful.push({ ResourceId, Error: { Code: error.code, Message: error.message } })
      }
    }
    return { Unsuccessful: unsuccessful }
  },
})
