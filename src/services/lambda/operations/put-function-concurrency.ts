import { operation } from '#kit/operation.ts'
import { PutFunctionConcurrency } from '#services/models/lambda.ts'
import { reserveConcurrency } from '../functions.ts'
import { functionArn, invalid, readFunctionName } from '../names.ts'

export default operation(PutFunctionConcurrency, {
  authorize: ({ FunctionName }, caller) => ({
    action: 'lambda:PutFunctionConcurrency',
    resource: functionArn(caller, readFunctionName(FunctionName).name),
  }),

  run({ FunctionName, ReservedConcurrentExecutions }, caller, ports) {
    const { name, qualifier } = readFunctionName(FunctionName)
    if (qualifier !== undefined)
      throw invalid(
        'This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.',
      )
    reserveConcurrency(caller, name, ReservedConcurrentExecutions, ports)
    return { ReservedConcurrentExecutions }
  },
})
