import { operation } from '#kit/operation.ts'
import { ListTags } from '#services/models/lambda.ts'
import { getFunction } from '../functions.ts'
import { readFunctionName } from '../names.ts'

export default operation(ListTags, {
  authorize: ({ Resource }) => ({ action: 'lambda:ListTags', resource: Resource }),

  run: ({ Resource }, caller, ports) => ({ Tags: getFunction(caller, readFunctionName(Resource).name, ports).tags }),
})
