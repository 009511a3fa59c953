import { operation } from '#kit/operation.ts'
import { GetAlias } from '#services/models/lambda.ts'
import { getAlias } from '../functions.ts'
import { functionArn, readFunctionName } from '../names.ts'
import { shownAlias } from '../shown.ts'

export default operation(GetAlias, {
  authorize: ({ FunctionName }, caller) => ({
    action: 'lambda:GetAlias',
    resource: functionArn(caller, readFunctionName(FunctionName).name),
  }),

  run: ({ FunctionName, Name }, caller, ports) =>
    shownAlias(caller, getAlias(caller, readFunctionName(FunctionName).name, Name, ports)),
})
