import { operation } from '#kit/operation.ts'
import { GetGatewayResponses } from '#services/models/apigateway.ts'
import { listGatewayResponses } from '../gateway-responses.ts'
import { page } from '../page.ts'
import { permission } from '../permissions.ts'

export default operation(GetGatewayResponses, {
  authorize: ({ restApiId }, caller) => permission('GET', `/restapis/${restApiId}/gatewayresponses`, caller),

  run: ({ restApiId, ...request }, caller, ports) =>
    page(listGatewayResponses(restApiId, caller, ports), request, ({ responseType }) => responseType),
})
