import { operation } from '#kit/operation.ts'
import { GetFunctionCodeSigningConfig } from '#services/models/lambda.ts'
import { getFunction } from '../functions.ts'
import { functionArn, readFunctionName } from '../names.ts'

/** No function has a code signing configuration here; every answer is that of one without. */
export default operation(GetFunctionCodeSigningConfig, {
  authorize: ({ FunctionName }, caller) => ({
    action: 'lambda:GetFunctionCodeSigningConfig',
    resource: functionArn(caller, readFunctionName(FunctionName).name),
  }),

  run({ FunctionName }, caller, ports) {
    const { name } = getFunction(caller, readFunctionName(FunctionName).name, ports)
    return { CodeSigningConfigArn: '', FunctionName: name }
  },
})
