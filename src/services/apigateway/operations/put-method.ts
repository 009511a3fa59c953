import { operation } from '#kit/operation.ts'
import { PutMethod } from '#services/models/apigateway.ts'
import { putMethod } from '../methods.ts'
import { permission } from '../permissions.ts'

export default operation(PutMethod, {
  authorize: ({ restApiId, resourceId, httpMethod }, caller) =>
    permission('PUT', `/restapis/${restApiId}/resources/${resourceId}/methods/${httpMethod}`, caller),

  run: ({ restApiId, resourceId, httpMethod, ...settings }, caller, ports) =>
    putMethod({ restApiId, resourceId, httpMethod }, settings, caller, ports),
})
