import { operation } from '#kit/operation.ts'
import { UpdateAlias } from '#services/models/lambda.ts'
import { updateAlias } from '../aliases.ts'
import { functionArn, readFunctionName } from '../names.ts'
import { shownAlias } from '../shown.ts'

export default operation(UpdateAlias, {
  authorize: ({ FunctionName }, caller) => ({
    action: 'lambda:UpdateAlias',
    resource: functionArn(caller, readFunctionName(FunctionName).name),
  }),

  run({ FunctionName, Name, FunctionVersion, Description, RoutingConfig }, caller, ports) {
    const wanted = { version: FunctionVersion, description: Description, weights: RoutingConfig?.AdditionalVersionWeights }
    return shownAlias(caller, updateAlias(caller, readFunctionName(FunctionName).name, Name, wanted, ports))
  },
})
