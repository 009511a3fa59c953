import { operation } from '#kit/operation.ts'
import { UpdateMethodResponse } from '#services/models/apigateway.ts'
import { updateMethodResponse } from '../method-responses.ts'
import { permission } from '../permissions.ts'

export default operation(UpdateMethodResponse, {
  authorize: ({ restApiId, resourceId, httpMethod, statusCode }, caller) =>
    permission('PATCH', `/restapis/${restApiId}/resources/${resourceId}/methods/${httpMethod}/responses/${statusCode}`, caller),

  run: ({ statusCode, patchOperations, ...place }, caller, ports) =>
    updateMethodResponse(place, statusCode, patchOperations, caller, ports),
})
