import { operation } from '#kit/operation.ts'
import { CreateResource } from '#services/models/apigateway.ts'
import { permission } from '../permissions.ts'
import { createResource } from '../resources.ts'

export default operation(CreateResource, {
  authorize: ({ restApiId, parentId }, caller) => permission('POST', `/restapis/${restApiId}/resources/${parentId}`, caller),

  run: ({ restApiId, parentId, pathPart }, caller, ports) => createResource(restApiId, { parentId, pathPart }, caller, ports),
})
