import { type ResourceRequest, resource } from '#kit/resource.ts'
import type { Integration, IntegrationResponse, Method, MethodResponse } from '#services/models/apigateway.ts'
import { type Properties, schema } from '#services/schemas/apigateway-method.ts'
import { changeDefinition, type Definition, invalidResource } from '../definition.ts'
import { unlessGone } from '../gone.ts'
import { integrationResponse } from '../integration-responses.ts'
import { integration } from '../integrations.ts'
import { deleteMethod, method, withMethod } from '../methods.ts'
import { conflict } from '../refusals.ts'
import { resourceOf } from '../resources.ts'
import { refuseUnserved } from '../served.ts'
import { templatePath, templateSource } from '../template-source.ts'

type Request = ResourceRequest<Properties>

export default resource(schema, {
  honours: [
    'ApiKeyRequired',
    'AuthorizationScopes',
    'AuthorizationType',
    'AuthorizerId',
    'HttpMethod',
    'Integration',
    'MethodResponses',
    'OperationName',
    'RequestModels',
    'RequestParameters',
    'RequestValidatorId',
    'ResourceId',
    'RestApiId',
  ],
  refuses: ['Integration.IntegrationTarget', 'Integration.ResponseTransferMode'],

  create(request, ports) {
    const { RestApiId, ResourceId, HttpMethod } = request.properties
    changeDefinition(
      RestApiId,
      request.caller,
      ports,
      (definition) => {
        if (resourceOf(definition, ResourceId).methods[HttpMethod]) throw conflict('Method already exists for this resource')
        return withWrittenMethod(definition, request)
      },
      invalidResource(),
    )
    return { ref: `${RestApiId}|${ResourceId}|${HttpMethod}`, attributes: {} }
  },

  update(request, { ref }, ports) {
    const change = (definition: Definition) => withWrittenMethod(definition, request)
    changeDefinition(request.properties.RestApiId, request.caller, ports, change, invalidResource())
    return { ref, attributes: {} }
  },

  delete({ properties: { RestApiId, ResourceId, HttpMethod }, caller }, ports) {
    unlessGone(() => deleteMethod({ restApiId: RestApiId, resourceId: ResourceId, httpMethod: HttpMethod }, caller, ports))
  },
})

function withWrittenMethod(definition: Definition, request: Request): Definition {
  const { ResourceId, HttpMethod } = request.properties
  const written = methodFrom(definition, request.properties)
  const source = templateSource(request, 'Integration')
  refuseUnserved(written, templatePath(request.logicalId, 'Integration'), source, request.unsupported)
  return withMethod(definition, { resourceId: ResourceId, httpMethod: HttpMethod }, written, source)
}

function methodFrom(definition: Definition, p: Properties): Method {
  const responses = Object.fromEntries((p.MethodResponses ?? []).map((response) => [response.StatusCode, responseFrom(response)]))
  return {
    ...method(definition, p.HttpMethod, {
      authorizationType: p.AuthorizationType,
      authorizerId: p.AuthorizerId,
      authorizationScopes: p.AuthorizationScopes,
      apiKeyRequired: p.ApiKeyRequired,
      operationName: p.OperationName,
      requestModels: p.RequestModels,
      requestParameters: booleans(p.RequestParameters),
      requestValidatorId: p.RequestValidatorId,
    }),
    ...(p.MethodResponses && { methodResponses: responses }),
    ...(p.Integration && { methodIntegration: integrationFrom(p.Integration, p.ResourceId) }),
  }
}

function responseFrom(p: NonNullable<Properties['MethodResponses']>[number]): MethodResponse {
  return { statusCode: p.StatusCode, responseModels: p.ResponseModels, responseParameters: booleans(p.ResponseParameters) }
}

function integrationFrom(p: NonNullable<Properties['Integration']>, resourceId: string): Integration {
  const responses = (p.IntegrationResponses ?? []).map(integrationResponseFrom)
  return integration(
    {
      type: p.Type,
      httpMethod: p.IntegrationHttpMethod,
      uri: p.Uri,
      // Recorded: INTERNET is shown for HTTP integrations alone, also where a template says it of another.
      connectionType: p.Type === 'HTTP' || p.Type === 'HTTP_PROXY' ? p.ConnectionType : undefined,
      connectionId: p.ConnectionId,
      credentials: p.Credentials,
      requestParameters: p.RequestParameters,
      requestTemplates: p.RequestTemplates,
      passthroughBehavior: p.PassthroughBehavior,
      contentHandling: p.ContentHandling,
      timeoutInMillis: p.TimeoutInMillis,
      cacheNamespace: p.CacheNamespace,
      cacheKeyParameters: p.CacheKeyParameters,
      ...(responses.length > 0 && {
        integrationResponses: Object.fromEntries(responses.map((response) => [response.statusCode ?? '', response])),
      }),
    },
    resourceId,
  )
}

function integrationResponseFrom(p: NonNullable<NonNullable<Properties['Integration']>['IntegrationResponses']>[number]) {
  const response: IntegrationResponse = {
    statusCode: p.StatusCode,
    selectionPattern: p.SelectionPattern,
    responseParameters: p.ResponseParameters,
    responseTemplates: p.ResponseTemplates,
    contentHandling: p.ContentHandling,
  }
  return integrationResponse(response)
}

function booleans(map: Readonly<Record<string, boolean | string>> | undefined): Record<string, boolean> | undefined {
  return map && Object.fromEntries(Object.entries(map).map(([key, value]) => [key, String(value) === 'true']))
}
