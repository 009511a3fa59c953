import { operation } from '#kit/operation.ts'
import { UpdateFunctionConfiguration } from '#services/models/lambda.ts'
import { getFunction, updateConfiguration } from '../functions.ts'
import { demandRevision, functionArn, invalid, readFunctionName } from '../names.ts'
import { shownUpdating } from '../shown.ts'

export default operation(UpdateFunctionConfiguration, {
  authorize: ({ FunctionName }, caller) => ({
    action: 'lambda:UpdateFunctionConfiguration',
    resource: functionArn(caller, readFunctionName(FunctionName).name),
  }),

  run(input, caller, ports) {
    if (input.Layers?.length) throw invalid('Postern does not support layers yet: put their content into the deployment package')
    const { name } = readFunctionName(input.FunctionName)
    demandRevision(input.RevisionId, getFunction(caller, name, ports).latest)
    const record = updateConfiguration(caller, name, input, ports)
    return shownUpdating(caller, record, record.latest)
  },
})
