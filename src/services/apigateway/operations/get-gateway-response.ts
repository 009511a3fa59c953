import { operation } from '#kit/operation.ts'
import { GetGatewayResponse } from '#services/models/apigateway.ts'
import { getGatewayResponse } from '../gateway-responses.ts'
import { permission } from '../permissions.ts'

export default operation(GetGatewayResponse, {
  authorize: ({ restApiId, responseType }, caller) =>
    permission('GET', `/restapis/${restApiId}/gatewayresponses/${responseType}`, caller),

  run: ({ restApiId, responseType }, caller, ports) => getGatewayResponse(restApiId, responseType, caller, ports),
})
