import { operation } from '#kit/operation.ts'
import { UntagResource } from '#services/models/apigateway.ts'
import { permission } from '../permissions.ts'
import { untag } from '../tags.ts'

export default operation(UntagResource, {
  authorize: ({ resourceArn }, caller) => permission('DELETE', `/tags/${resourceArn}`, caller),

  run: ({ resourceArn, tagKeys }, caller, ports) => untag(resourceArn, tagKeys, caller, ports),
})
