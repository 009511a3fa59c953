import { operation } from '#kit/operation.ts'
import { UpdateAlias } from '#services/models/lambda.ts'
import { updateAlias } from '../aliases.ts'
import { getAlias, getFunction } from '../functions.ts'
import { demandRevision, functionArn, readFunctionName } from '../names.ts'
import { shownAlias } from '../shown.ts'

export default operation(UpdateAlias, {
  authorize: ({ FunctionName }, caller) => ({
    action: 'lambda:UpdateAlias',
    resource: functionArn(caller, readFunctionName(FunctionName).name),
  }),

  run({ FunctionName, Name, FunctionVersion, Description, RoutingConfig, RevisionId }, caller, ports) {
    const wanted = { version: FunctionVersion, description: Description, weights: RoutingConfig?.AdditionalVersionWeights }
    const { name } = readFunctionName(FunctionName)
    getFunction(caller, name, ports)
    demandRevision(RevisionId, getAlias(caller, name, Name, ports))
    return shownAlias(caller, updateAlias(caller, name, Name, wanted, ports))
  },
})
