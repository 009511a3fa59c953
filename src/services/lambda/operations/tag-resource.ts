import { operation } from '#kit/operation.ts'
import { TagResource } from '#services/models/lambda.ts'
import { getFunction, putFunction } from '../functions.ts'
import { readFunctionName } from '../names.ts'

export default operation(TagResource, {
  authorize: ({ Resource }) => ({ action: 'lambda:TagResource', resource: Resource }),

  run({ Resource, Tags }, caller, ports) {
    const record = getFunction(caller, readFunctionName(Resource).name, ports)
    putFunction(caller, { ...record, tags: { ...record.tags, ...Tags } }, ports)
  },
})
