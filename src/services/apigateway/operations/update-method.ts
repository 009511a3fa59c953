import { operation } from '#kit/operation.ts'
import { UpdateMethod } from '#services/models/apigateway.ts'
import { updateMethod } from '../methods.ts'
import { permission } from '../permissions.ts'

export default operation(UpdateMethod, {
  authorize: ({ restApiId, resourceId, httpMethod }, caller) =>
    permission('PATCH', `/restapis/${restApiId}/resources/${resourceId}/methods/${httpMethod}`, caller),

  run: ({ patchOperations, ...place }, caller, ports) => updateMethod(place, patchOperations, caller, ports),
})
