import { operation } from '#kit/operation.ts'
import { GetIntegrationResponse } from '#services/models/apigateway.ts'
import { getIntegrationResponse } from '../integration-responses.ts'
import { permission } from '../permissions.ts'

export default operation(GetIntegrationResponse, {
  authorize: ({ restApiId, resourceId, httpMethod, statusCode }, caller) =>
    permission(
      'GET',
      `/restapis/${restApiId}/resources/${resourceId}/methods/${httpMethod}/integration/responses/${statusCode}`,
      caller,
    ),

  run: ({ statusCode, ...place }, caller, ports) => getIntegrationResponse(place, statusCode, caller, ports),
})
