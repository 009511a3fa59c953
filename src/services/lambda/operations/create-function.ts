import { operation } from '#kit/operation.ts'
import { CreateFunction } from '#services/models/lambda.ts'
import { createFunction, publishVersion } from '../functions.ts'
import { functionArn, invalid, readFunctionName } from '../names.ts'
import { shownPending } from '../shown.ts'

export default operation(CreateFunction, {
  authorize: ({ FunctionName }, caller) => ({
    action: 'lambda:CreateFunction',
    resource: functionArn(caller, readFunctionName(FunctionName).name),
  }),

  async run(input, caller, ports) {
    const { name } = readFunctionName(input.FunctionName)
    if (input.Layers?.length) throw invalid('Postern does not support layers yet: put their content into the deployment package')
    if (input.FileSystemConfigs?.length) throw invalid('Postern does not support file systems of functions yet')
    const record = await createFunction(caller, { name, wanted: input, code: input.Code, tags: input.Tags ?? {} }, ports)
    if (!input.Publish) return shownPending(caller, record, record.latest)
    // The version's number, under the function's own ARN: recorded.
    return shownPending(caller, record, publishVersion(caller, name, {}, ports))
  },
})
