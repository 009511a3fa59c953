import { type Caller, operation } from '#kit/operation.ts'
import { GetFunction } from '#services/models/lambda.ts'
import { getRevision } from '../functions.ts'
import { functionArn, readFunctionName } from '../names.ts'
import type { Revision } from '../records.ts'
import { shownActive } from '../shown.ts'

export default operation(GetFunction, {
  authorize: ({ FunctionName }, caller) => ({
    action: 'lambda:GetFunction',
    resource: functionArn(caller, readFunctionName(FunctionName).name),
  }),

  run({ FunctionName, Qualifier }, caller, ports) {
    const { name, qualifier } = readFunctionName(FunctionName, Qualifier)
    const { record, revision } = getRevision(caller, name, qualifier, ports)
    const { tags, reservedConcurrency } = record
    return {
      Configuration: shownActive(caller, record, revision, qualifier),
      Code: codeOf(revision, caller),
      ...(Object.keys(tags).length > 0 && { Tags: tags }),
      ...(reservedConcurrency !== undefined && { Concurrency: { ReservedConcurrentExecutions: reservedConcurrency } }),
    }
  },
})

function codeOf({ code: { blob, imageUri } }: Revision, { endpoint }: Caller) {
  if (imageUri !== undefined) return { RepositoryType: 'ECR', ImageUri: imageUri }
  // On AWS a presigned address of ten minutes; here one that only this machine can read.
  return { RepositoryType: 'S3', Location: `${endpoint}/_postern/api/packages/${blob}` }
}
