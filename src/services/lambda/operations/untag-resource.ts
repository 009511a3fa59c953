import { operation } from '#kit/operation.ts'
import { UntagResource } from '#services/models/lambda.ts'
import { getFunction, putFunction } from '../functions.ts'
import { readFunctionName } from '../names.ts'

export default operation(UntagResource, {
  authorize: ({ Resource }) => ({ action: 'lambda:UntagResource', resource: Resource }),

  run({ Resource, TagKeys }, caller, ports) {
    const record = getFunction(caller, readFunctionName(Resource).name, ports)
    const tags = Object.fromEntries(Object.entries(record.tags).filter(([key]) => !TagKeys.includes(key)))
    putFunction(caller, { ...record, tags }, ports)
  },
})
