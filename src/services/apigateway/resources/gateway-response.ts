import type { Ports } from '#kit/ports.ts'
import { type ResourceRequest, resource } from '#kit/resource.ts'
import { type Properties, schema } from '#services/schemas/apigateway-gateway-response.ts'
import { deleteGatewayResponse, gatewayResponse, putGatewayResponse } from '../gateway-responses.ts'
import { unlessGone } from '../gone.ts'
import { refuseUnservedResponse } from '../served.ts'

export default resource(schema, {
  honours: ['ResponseParameters', 'ResponseTemplates', 'ResponseType', 'RestApiId', 'StatusCode'],

  create(request, ports) {
    put(request, ports)
    const { RestApiId, ResponseType } = request.properties
    return { ref: `${RestApiId}|${ResponseType}`, attributes: { Id: ResponseType } }
  },

  update(request, { ref, attributes }, ports) {
    put(request, ports)
    return { ref, attributes }
  },

  delete({ properties: { RestApiId, ResponseType }, caller }, ports) {
    unlessGone(() => deleteGatewayResponse(RestApiId, ResponseType, caller, ports))
  },
})

function put({ properties: p, logicalId, caller, unsupported }: ResourceRequest<Properties>, ports: Ports): void {
  const { StatusCode: statusCode, ResponseParameters: responseParameters, ResponseTemplates: responseTemplates } = p
  const response = gatewayResponse({ statusCode, responseParameters, responseTemplates })
  refuseUnservedResponse(response, `Resources.${logicalId}.Properties`, unsupported)
  putGatewayResponse(p.RestApiId, p.ResponseType, response, caller, ports)
}
