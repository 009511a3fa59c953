import { operation } from '#kit/operation.ts'
import { PutMethodResponse } from '#services/models/apigateway.ts'
import { putMethodResponse } from '../method-responses.ts'
import { permission } from '../permissions.ts'

export default operation(PutMethodResponse, {
  authorize: ({ restApiId, resourceId, httpMethod, statusCode }, caller) =>
    permission('PUT', `/restapis/${restApiId}/resources/${resourceId}/methods/${httpMethod}/responses/${statusCode}`, caller),

  run: ({ restApiId, resourceId, httpMethod, ...response }, caller, ports) =>
    putMethodResponse({ restApiId, resourceId, httpMethod }, response, caller, ports),
})
