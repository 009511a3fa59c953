import { operation } from '#kit/operation.ts'
import { GetFunctionEventInvokeConfig } from '#services/models/lambda.ts'
import { functionArn, notFound, readFunctionName } from '../names.ts'

/** Events are retried by Lambda's defaults here: no function has a configuration of its own. */
export default operation(GetFunctionEventInvokeConfig, {
  authorize: ({ FunctionName }, caller) => ({
    action: 'lambda:GetFunctionEventInvokeConfig',
    resource: functionArn(caller, readFunctionName(FunctionName).name),
  }),

  run({ FunctionName, Qualifier }, caller) {
    const { name, qualifier = '$LATEST' } = readFunctionName(FunctionName, Qualifier)
    throw notFound(`The function ${functionArn(caller, name, qualifier)} doesn't have an EventInvokeConfig`)
  },
})
