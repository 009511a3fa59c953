import { operation } from '#kit/operation.ts'
import { RemovePermission } from '#services/models/lambda.ts'
import { functionArn, readFunctionName } from '../names.ts'
import { removePermission } from '../permissions.ts'

export default operation(RemovePermission, {
  authorize: ({ FunctionName }, caller) => ({
    action: 'lambda:RemovePermission',
    resource: functionArn(caller, readFunctionName(FunctionName).name),
  }),

  run({ FunctionName, Qualifier, StatementId }, caller, ports) {
    const { name, qualifier } = readFunctionName(FunctionName, Qualifier)
    removePermission(caller, name, qualifier, StatementId, ports)
  },
})
