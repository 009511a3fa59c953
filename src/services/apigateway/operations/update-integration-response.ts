import { operation } from '#kit/operation.ts'
import { UpdateIntegrationResponse } from '#services/models/apigateway.ts'
import { updateIntegrationResponse } from '../integration-responses.ts'
import { permission } from '../permissions.ts'

export default operation(UpdateIntegrationResponse, {
  authorize: ({ restApiId, resourceId, httpMethod, statusCode }, caller) =>
    permission(
      'PATCH',
      `/restapis/${restApiId}/resources/${resourceId}/methods/${httpMethod}/integration/responses/${statusCode}`,
      caller,
    ),

  run: ({ statusCode, patchOperations, ...place }, caller, ports) =>
    updateIntegrationResponse(place, statusCode, patchOperations, caller, ports),
})
