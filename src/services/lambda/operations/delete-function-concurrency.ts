import { operation } from '#kit/operation.ts'
import { DeleteFunctionConcurrency } from '#services/models/lambda.ts'
import { reserveConcurrency } from '../functions.ts'
import { functionArn, readFunctionName } from '../names.ts'

export default operation(DeleteFunctionConcurrency, {
  authorize: ({ FunctionName }, caller) => ({
    action: 'lambda:DeleteFunctionConcurrency',
    resource: functionArn(caller, readFunctionName(FunctionName).name),
  }),

  run({ FunctionName }, caller, ports) {
    reserveConcurrency(caller, readFunctionName(FunctionName).name, undefined, ports)
  },
})
