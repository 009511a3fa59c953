import { operation } from '#kit/operation.ts'
import { TagResource } from '#services/models/apigateway.ts'
import { permission } from '../permissions.ts'
import { tag } from '../tags.ts'

export default operation(TagResource, {
  authorize: ({ resourceArn }, caller) => permission('PUT', `/tags/${resourceArn}`, caller),

  run: ({ resourceArn, tags }, caller, ports) => tag(resourceArn, tags, caller, ports),
})
