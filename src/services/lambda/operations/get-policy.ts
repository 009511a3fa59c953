import { operation } from '#kit/operation.ts'
import { GetPolicy } from '#services/models/lambda.ts'
import { functionArn, readFunctionName } from '../names.ts'
import { getPolicy, policyDocument } from '../permissions.ts'

export default operation(GetPolicy, {
  authorize: ({ FunctionName }, caller) => ({
    action: 'lambda:GetPolicy',
    resource: functionArn(caller, readFunctionName(FunctionName).name),
  }),

  run({ FunctionName, Qualifier }, caller, ports) {
    const { name, qualifier } = readFunctionName(FunctionName, Qualifier)
    const policy = getPolicy(caller, name, qualifier, ports)
    return { Policy: policyDocument(policy), RevisionId: policy.revisionId }
  },
})
