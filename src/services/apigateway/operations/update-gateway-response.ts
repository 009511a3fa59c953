import { operation } from '#kit/operation.ts'
import { UpdateGatewayResponse } from '#services/models/apigateway.ts'
import { updateGatewayResponse } from '../gateway-responses.ts'
import { permission } from '../permissions.ts'

export default operation(UpdateGatewayResponse, {
  authorize: ({ restApiId, responseType }, caller) =>
    permission('PATCH', `/restapis/${restApiId}/gatewayresponses/${responseType}`, caller),

  run: ({ restApiId, responseType, patchOperations }, caller, ports) =>
    updateGatewayResponse(restApiId, responseType, patchOperations, caller, ports),
})
