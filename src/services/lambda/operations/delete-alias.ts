import { operation } from '#kit/operation.ts'
import { DeleteAlias } from '#services/models/lambda.ts'
import { deleteAlias } from '../aliases.ts'
import { functionArn, readFunctionName } from '../names.ts'

export default operation(DeleteAlias, {
  authorize: ({ FunctionName }, caller) => ({
    action: 'lambda:DeleteAlias',
    resource: functionArn(caller, readFunctionName(FunctionName).name),
  }),

  run({ FunctionName, Name }, caller, ports) {
    deleteAlias(caller, readFunctionName(FunctionName).name, Name, ports)
  },
})
