import { operation } from '#kit/operation.ts'
import { CreateAlias } from '#services/models/lambda.ts'
import { createAlias } from '../aliases.ts'
import { functionArn, readFunctionName } from '../names.ts'
import { shownAlias } from '../shown.ts'

export default operation(CreateAlias, {
  authorize: ({ FunctionName }, caller) => ({
    action: 'lambda:CreateAlias',
    resource: functionArn(caller, readFunctionName(FunctionName).name),
  }),

  run({ FunctionName, Name, FunctionVersion, Description, RoutingConfig }, caller, ports) {
    const wanted = { version: FunctionVersion, description: Description, weights: RoutingConfig?.AdditionalVersionWeights }
    return shownAlias(caller, createAlias(caller, readFunctionName(FunctionName).name, Name, wanted, ports))
  },
})
