import { operation } from '#kit/operation.ts'
import { PutGatewayResponse } from '#services/models/apigateway.ts'
import { putGatewayResponse } from '../gateway-responses.ts'
import { permission } from '../permissions.ts'

export default operation(PutGatewayResponse, {
  authorize: ({ restApiId, responseType }, caller) =>
    permission('PUT', `/restapis/${restApiId}/gatewayresponses/${responseType}`, caller),

  run: ({ restApiId, responseType, ...wanted }, caller, ports) =>
    putGatewayResponse(restApiId, responseType, wanted, caller, ports),
})
