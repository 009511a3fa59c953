import { operation } from '#kit/operation.ts'
import { CreateFunction } from '#services/models/lambda.ts'
import { createFunction, publishVersion } from '../functions.ts'
import { refuseBeyondLimits } from '../limits.ts'
import { functionArn, readFunctionName } from '../names.ts'
import { shownPending } from '../shown.ts'

export default operation(CreateFunction, {
  authorize: ({ FunctionName }, caller) => ({
    action: 'lambda:CreateFunction',
    resource: functionArn(caller, readFunctionName(FunctionName).name),
  }),

  async run(input, caller, ports) {
    const { name } = readFunctionName(input.FunctionName)
    refuseBeyondLimits(input)
    const record = await createFunction(caller, { name, wanted: input, code: input.Code, tags: input.Tags ?? {} }, ports)
    if (!input.Publish) return shownPending(caller, record, record.latest)
    // The version's number, under the function's own ARN: recorded.
    return shownPending(caller, record, publishVersion(caller, name, {}, ports))
  },
})
