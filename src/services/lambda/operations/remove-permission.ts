import { operation } from '#kit/operation.ts'
import { RemovePermission } from '#services/models/lambda.ts'
import { functionArn, readFunctionName } from '../names.ts'
import { demandPolicyRevision, removePermission } from '../permissions.ts'

export default operation(RemovePermission, {
  authorize: ({ FunctionName }, caller) => ({
    action: 'lambda:RemovePermission',
    resource: functionArn(caller, readFunctionName(FunctionName).name),
  }),

  run({ FunctionName, Qualifier, StatementId, RevisionId }, caller, ports) {
    const { name, qualifier } = readFunctionName(FunctionName, Qualifier)
    demandPolicyRevision(caller, name, qualifier, RevisionId, ports)
    removePermission(caller, name, qualifier, StatementId, ports)
  },
})
