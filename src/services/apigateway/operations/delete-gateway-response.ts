import { operation } from '#kit/operation.ts'
import { DeleteGatewayResponse } from '#services/models/apigateway.ts'
import { deleteGatewayResponse } from '../gateway-responses.ts'
import { permission } from '../permissions.ts'

export default operation(DeleteGatewayResponse, {
  authorize: ({ restApiId, responseType }, caller) =>
    permission('DELETE', `/restapis/${restApiId}/gatewayresponses/${responseType}`, caller),

  run: ({ restApiId, responseType }, caller, ports) => deleteGatewayResponse(restApiId, responseType, caller, ports),
})
