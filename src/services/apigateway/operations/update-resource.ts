import { operation } from '#kit/operation.ts'
import { UpdateResource } from '#services/models/apigateway.ts'
import { permission } from '../permissions.ts'
import { updateResource } from '../resources.ts'

export default operation(UpdateResource, {
  authorize: ({ restApiId, resourceId }, caller) => permission('PATCH', `/restapis/${restApiId}/resources/${resourceId}`, caller),

  run: ({ restApiId, resourceId, patchOperations }, caller, ports) =>
    updateResource(restApiId, resourceId, patchOperations, caller, ports),
})
