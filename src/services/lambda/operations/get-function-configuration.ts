import { operation } from '#kit/operation.ts'
import { GetFunctionConfiguration } from '#services/models/lambda.ts'
import { getRevision } from '../functions.ts'
import { functionArn, readFunctionName } from '../names.ts'
import { shownActive } from '../shown.ts'

export default operation(GetFunctionConfiguration, {
  authorize: ({ FunctionName }, caller) => ({
    action: 'lambda:GetFunctionConfiguration',
    resource: functionArn(caller, readFunctionName(FunctionName).name),
  }),

  run({ FunctionName, Qualifier }, caller, ports) {
    const { name, qualifier } = readFunctionName(FunctionName, Qualifier)
    const { record, revision } = getRevision(caller, name, qualifier, ports)
    return shownActive(caller, record, revision, qualifier)
  },
})
