import { operation } from '#kit/operation.ts'
import { GetMethodResponse } from '#services/models/apigateway.ts'
import { getMethodResponse } from '../method-responses.ts'
import { permission } from '../permissions.ts'

export default operation(GetMethodResponse, {
  authorize: ({ restApiId, resourceId, httpMethod, statusCode }, caller) =>
    permission('GET', `/restapis/${restApiId}/resources/${resourceId}/methods/${httpMethod}/responses/${statusCode}`, caller),

  run: ({ statusCode, ...place }, caller, ports) => getMethodResponse(place, statusCode, caller, ports),
})
