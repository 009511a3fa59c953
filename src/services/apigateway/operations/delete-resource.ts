import { operation } from '#kit/operation.ts'
import { DeleteResource } from '#services/models/apigateway.ts'
import { permission } from '../permissions.ts'
import { deleteResource } from '../resources.ts'

export default operation(DeleteResource, {
  authorize: ({ restApiId, resourceId }, caller) =>
    permission('DELETE', `/restapis/${restApiId}/resources/${resourceId}`, caller),

  run: ({ restApiId, resourceId }, caller, ports) => deleteResource(restApiId, resourceId, caller, ports),
})
