import { operation } from '#kit/operation.ts'
import { DeleteFunction } from '#services/models/lambda.ts'
import { deleteFunction } from '../functions.ts'
import { functionArn, readFunctionName } from '../names.ts'

export default operation(DeleteFunction, {
  authorize: ({ FunctionName }, caller) => ({
    action: 'lambda:DeleteFunction',
    resource: functionArn(caller, readFunctionName(FunctionName).name),
  }),

  run({ FunctionName, Qualifier }, caller, ports) {
    const { name, qualifier } = readFunctionName(FunctionName, Qualifier)
    deleteFunction(caller, name, qualifier, ports)
    return { StatusCode: 204 }
  },
})
