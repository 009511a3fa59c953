import { operation } from '#kit/operation.ts'
import { DeleteMethodResponse } from '#services/models/apigateway.ts'
import { deleteMethodResponse } from '../method-responses.ts'
import { permission } from '../permissions.ts'

export default operation(DeleteMethodResponse, {
  authorize: ({ restApiId, resourceId, httpMethod, statusCode }, caller) =>
    permission('DELETE', `/restapis/${restApiId}/resources/${resourceId}/methods/${httpMethod}/responses/${statusCode}`, caller),

  run: ({ statusCode, ...place }, caller, ports) => deleteMethodResponse(place, statusCode, caller, ports),
})
