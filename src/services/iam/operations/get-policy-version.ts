import { AwsError } from '#core/aws/aws-error.ts'
import { operation } from '#kit/operation.ts'
import { GetPolicyVersion } from '#services/models/iam.ts'
import { getManagedPolicy } from '../managed-policies.ts'
import { encodedDocument } from '../shown.ts'

export default operation(GetPolicyVersion, {
  authorize: ({ PolicyArn }) => ({ action: 'iam:GetPolicyVersion', resource: PolicyArn }),

  run({ PolicyArn, VersionId }, caller, ports) {
    const { document, version, updatedAt } = getManagedPolicy(caller, PolicyArn, ports)
    if (VersionId !== `v${version}`)
      throw new AwsError('NoSuchEntity', `Policy ${PolicyArn} version ${VersionId} does not exist or is not attachable.`)
    const CreateDate = new Date(updatedAt)
    return { PolicyVersion: { Document: encodedDocument(document), VersionId, IsDefaultVersion: true, CreateDate } }
  },
})
