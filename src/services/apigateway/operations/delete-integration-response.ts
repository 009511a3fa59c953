import { operation } from '#kit/operation.ts'
import { DeleteIntegrationResponse } from '#services/models/apigateway.ts'
import { deleteIntegrationResponse } from '../integration-responses.ts'
import { permission } from '../permissions.ts'

export default operation(DeleteIntegrationResponse, {
  authorize: ({ restApiId, resourceId, httpMethod, statusCode }, caller) =>
    permission(
      'DELETE',
      `/restapis/${restApiId}/resources/${resourceId}/methods/${httpMethod}/integration/responses/${statusCode}`,
      caller,
    ),

  run: ({ statusCode, ...place }, caller, ports) => deleteIntegrationResponse(place, statusCode, caller, ports),
})
