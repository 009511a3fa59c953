import { operation } from '#kit/operation.ts'
import { GetFunctionConcurrency } from '#services/models/lambda.ts'
import { getFunction } from '../functions.ts'
import { functionArn, readFunctionName } from '../names.ts'

export default operation(GetFunctionConcurrency, {
  authorize: ({ FunctionName }, caller) => ({
    action: 'lambda:GetFunctionConcurrency',
    resource: functionArn(caller, readFunctionName(FunctionName).name),
  }),

  run({ FunctionName }, caller, ports) {
    const { reservedConcurrency } = getFunction(caller, readFunctionName(FunctionName).name, ports)
    return reservedConcurrency === undefined ? {} : { ReservedConcurrentExecutions: reservedConcurrency }
  },
})
