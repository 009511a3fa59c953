import type { Scope } from '#core/aws/scope.ts'
import type { IntegrationSnapshot, MethodSnapshot, RestApiSnapshot } from '#core/gateway/deployment.ts'
import type { Integration, IntegrationResponse, Method, MethodResponse, RequestValidator } from '#services/models/apigateway.ts'
import type { Definition, Resource } from './definition.ts'
import { own } from './own.ts'
import { pathOf } from './paths.ts'
import { badRequest } from './refusals.ts'
import type { RestApi } from './rest-apis.ts'

/** What a deployment captures of an API, or AWS's reason why it cannot be deployed. Nothing of the live API is shared with it. */
export function freeze(api: RestApi, definition: Definition, { account, region }: Scope): RestApiSnapshot {
  // unverified: which of these AWS looks at first.
  if (api.endpoint.type === 'PRIVATE' && !api.policy)
    throw badRequest("Private REST API doesn't have a resource policy attached to it")
  const methods = Object.values(definition.resources).flatMap((resource) => frozenMethods(definition, resource))
  if (methods.length === 0) throw badRequest("The REST API doesn't contain any methods")
  if (methods.some(({ integration }) => !integration)) throw badRequest('No integration defined for method')
  return {
    apiId: api.id,
    apiName: api.name,
    account,
    region,
    endpointType: api.endpoint.type,
    vpcEndpointIds: api.endpoint.vpcEndpointIds,
    ...(api.policy && { policy: api.policy }),
    binaryMediaTypes: api.binaryMediaTypes,
    apiKeySource: api.apiKeySource,
    ...(api.minimumCompressionSize !== undefined && { minimumCompressionSize: api.minimumCompressionSize }),
    methods: methods.toSorted((a, b) => compare(a.path, b.path) || compare(a.httpMethod, b.httpMethod)),
    ...(methods.some(({ validation }) => validation) && { models: mapValues(definition.models, ({ schema = '' }) => schema) }),
    gatewayResponses: Object.fromEntries(
      Object.entries(definition.gatewayResponses).map(([type, { statusCode, responseParameters, responseTemplates }]) => [
        type,
        { ...(statusCode !== undefined && { statusCode }), responseParameters, responseTemplates },
      ]),
    ),
    ...(api.source && { source: api.source }),
  }
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

function frozenMethods(definition: Definition, resource: Resource): MethodSnapshot[] {
  const path = pathOf(definition, resource)
  return Object.values(resource.methods).map((method) => {
    const { httpMethod = '' } = method
    const source = resource.sources?.[httpMethod]
    const validation = frozenValidation(method, own(definition.requestValidators, method.requestValidatorId))
    return {
      resourceId: resource.id,
      path,
      ...frozenMethod(method),
      ...(validation && { validation }),
      ...(source && { source }),
    }
  })
}

/** `Empty` is API Gateway's own word for a body that may be anything. */
function frozenValidation(method: Method, validator: RequestValidator | undefined): MethodSnapshot['validation'] {
  const { validateRequestParameters = false, validateRequestBody = false } = validator ?? {}
  const required = Object.entries(method.requestParameters ?? {}).filter(([, needed]) => needed)
  const modelled = Object.entries(method.requestModels ?? {}).filter(([, model]) => model !== 'Empty')
  const parameters = validateRequestParameters ? required.map(([place]) => place) : []
  const models = validateRequestBody ? Object.fromEntries(modelled) : {}
  return parameters.length > 0 || Object.keys(models).length > 0 ? { parameters, models } : undefined
}

function frozenMethod(method: Method): Omit<MethodSnapshot, 'resourceId' | 'path' | 'validation' | 'source'> {
  const { authorizerId, operationName, methodIntegration } = method
  return {
    httpMethod: method.httpMethod ?? '',
    authorizationType: method.authorizationType ?? 'NONE',
    ...(authorizerId !== undefined && { authorizerId }),
    apiKeyRequired: method.apiKeyRequired ?? false,
    ...(operationName !== undefined && { operationName }),
    requestParameters: method.requestParameters ?? {},
    ...(methodIntegration && { integration: frozenIntegration(methodIntegration) }),
    methodResponses: mapValues(method.methodResponses, ({ responseParameters, responseModels }: MethodResponse) => ({
      responseParameters: responseParameters ?? {},
      responseModels: responseModels ?? {},
    })),
  }
}

function frozenIntegration(integration: Integration): IntegrationSnapshot {
  const { httpMethod, uri, credentials, contentHandling } = integration
  return {
    type: integration.type ?? 'MOCK',
    ...(httpMethod !== undefined && { httpMethod }),
    ...(uri !== undefined && { uri }),
    ...(credentials !== undefined && { credentials }),
    requestParameters: integration.requestParameters ?? {},
    requestTemplates: templates(integration.requestTemplates),
    passthroughBehavior: (integration.passthroughBehavior ?? 'WHEN_NO_MATCH') as IntegrationSnapshot['passthroughBehavior'],
    ...(contentHandling && { contentHandling }),
    timeoutInMillis: integration.timeoutInMillis ?? 29_000,
    integrationResponses: mapValues(integration.integrationResponses, frozenResponse),
  }
}

function frozenResponse({ selectionPattern, responseParameters, responseTemplates, contentHandling }: IntegrationResponse) {
  return {
    ...(selectionPattern !== undefined && { selectionPattern }),
    responseParameters: responseParameters ?? {},
    responseTemplates: templates(responseTemplates),
    ...(contentHandling && { contentHandling }),
  }
}

/** An empty template is stored as null, and renders as nothing. */
const templates = (written: Readonly<Record<string, string | null>> | undefined) => mapValues(written, (text) => text ?? '')

function mapValues<T, U>(map: Readonly<Record<string, T>> | undefined, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(map ?? {}).map(([key, value]) => [key, change(value)]))
}
