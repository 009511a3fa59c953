import { operation } from '#kit/operation.ts'
import { UpdateFunctionConfiguration } from '#services/models/lambda.ts'
import { updateConfiguration } from '../functions.ts'
import { functionArn, invalid, readFunctionName } from '../names.ts'
import { shownUpdating } from '../shown.ts'

export default operation(UpdateFunctionConfiguration, {
  authorize: ({ FunctionName }, caller) => ({
    action: 'lambda:UpdateFunctionConfiguration',
    resource: functionArn(caller, readFunctionName(FunctionName).name),
  }),

  run(input, caller, ports) {
    if (input.Layers?.length) throw invalid('Postern does not support layers yet: put their content into the deployment package')
    const record = updateConfiguration(caller, readFunctionName(input.FunctionName).name, input, ports)
    return shownUpdating(caller, record, record.latest)
  },
})
