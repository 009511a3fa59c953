import { operation } from '#kit/operation.ts'
import { GetTags } from '#services/models/apigateway.ts'
import { permission } from '../permissions.ts'
import { tagsOf } from '../tags.ts'

export default operation(GetTags, {
  authorize: ({ resourceArn }, caller) => permission('GET', `/tags/${resourceArn}`, caller),

  run: ({ resourceArn }, caller, ports) => ({ tags: tagsOf(resourceArn, caller, ports) }),
})
