import { operation } from '#kit/operation.ts'
import { GetFunctionUrlConfig } from '#services/models/lambda.ts'
import { functionArn, notFound, readFunctionName } from '../names.ts'

/** No function has a URL here, so there is none to describe. */
export default operation(GetFunctionUrlConfig, {
  authorize: ({ FunctionName }, caller) => ({
    action: 'lambda:GetFunctionUrlConfig',
    resource: functionArn(caller, readFunctionName(FunctionName).name),
  }),

  run() {
    throw notFound('The resource you requested does not exist.')
  },
})
