import { operation } from '#kit/operation.ts'
import { PutIntegrationResponse } from '#services/models/apigateway.ts'
import { putIntegrationResponse } from '../integration-responses.ts'
import { permission } from '../permissions.ts'

export default operation(PutIntegrationResponse, {
  authorize: ({ restApiId, resourceId, httpMethod, statusCode }, caller) =>
    permission(
      'PUT',
      `/restapis/${restApiId}/resources/${resourceId}/methods/${httpMethod}/integration/responses/${statusCode}`,
      caller,
    ),

  run: ({ restApiId, resourceId, httpMethod, ...response }, caller, ports) =>
    putIntegrationResponse({ restApiId, resourceId, httpMethod }, response, caller, ports),
})
