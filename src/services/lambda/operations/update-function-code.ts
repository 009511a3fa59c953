import { operation } from '#kit/operation.ts'
import { UpdateFunctionCode } from '#services/models/lambda.ts'
import { publishVersion, updateCode } from '../functions.ts'
import { functionArn, readFunctionName } from '../names.ts'
import { shownUpdating } from '../shown.ts'

export default operation(UpdateFunctionCode, {
  authorize: ({ FunctionName }, caller) => ({
    action: 'lambda:UpdateFunctionCode',
    resource: functionArn(caller, readFunctionName(FunctionName).name),
  }),

  async run(input, caller, ports) {
    const { name } = readFunctionName(input.FunctionName)
    const record = await updateCode(caller, name, input, ports)
    return shownUpdating(caller, record, input.Publish ? publishVersion(caller, name, {}, ports) : record.latest)
  },
})
