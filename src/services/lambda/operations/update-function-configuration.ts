import { operation } from '#kit/operation.ts'
import { UpdateFunctionConfiguration } from '#services/models/lambda.ts'
import { getFunction, updateConfiguration } from '../functions.ts'
import { refuseBeyondLimits } from '../limits.ts'
import { demandRevision, functionArn, readFunctionName } from '../names.ts'
import { shownUpdating } from '../shown.ts'

export default operation(UpdateFunctionConfiguration, {
  authorize: ({ FunctionName }, caller) => ({
    action: 'lambda:UpdateFunctionConfiguration',
    resource: functionArn(caller, readFunctionName(FunctionName).name),
  }),

  run(input, caller, ports) {
    refuseBeyondLimits(input)
    const { name } = readFunctionName(input.FunctionName)
    demandRevision(input.RevisionId, getFunction(caller, name, ports).latest)
    const record = updateConfiguration(caller, name, input, ports)
    return shownUpdating(caller, record, record.latest)
  },
})
