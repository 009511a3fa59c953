import type { Scope } from '#core/aws/scope.ts'
import type { Ports } from '#kit/ports.ts'
import type { Integration, IntegrationResponse, PatchOperation } from '#services/models/apigateway.ts'
import { changeIntegration, checkContentTypes, getIntegration, invalidIntegration } from './integrations.ts'
import { invalidStatusCode } from './method-responses.ts'
import type { MethodPlace } from './methods.ts'
import { own } from './own.ts'
import { type PatchRules, patched, refusePathShortly, without } from './patch.ts'
import { notFound } from './refusals.ts'

type Reach = Pick<Ports, 'records'>

/** Takes the place of one that is there already, as recorded. */
export function putIntegrationResponse(place: MethodPlace, response: IntegrationResponse, scope: Scope, ports: Reach) {
  const stored = integrationResponse(response)
  changeIntegration(place, scope, ports, (integration) => withResponse(integration, stored))
  return stored
}

/** As it is stored: an empty template is shown as null. */
export function integrationResponse(wanted: IntegrationResponse): IntegrationResponse {
  checkContentTypes(Object.keys(wanted.responseTemplates ?? {}))
  const { responseTemplates, ...rest } = wanted
  return {
    ...rest,
    ...(responseTemplates && {
      responseTemplates: Object.fromEntries(
        Object.entries(responseTemplates).map(([type, text]) => [type, (text || null) as string]),
      ),
    }),
  }
}

export function getIntegrationResponse(place: MethodPlace, statusCode: string, scope: Scope, ports: Reach): IntegrationResponse {
  return responseOf(getIntegration(place, scope, ports), statusCode)
}

export function updateIntegrationResponse(
  place: MethodPlace,
  statusCode: string,
  operations: readonly PatchOperation[] | undefined,
  scope: Scope,
  ports: Reach,
): IntegrationResponse {
  const integration = changeIntegration(place, scope, ports, (before) =>
    withResponse(
      before,
      integrationResponse(patched(responseOf(before, statusCode), operations, RESPONSE_PATCHES, refusePathShortly)),
    ),
  )
  return responseOf(integration, statusCode)
}

/** Recorded: here alone, an unknown method is told as an unknown integration. */
export function deleteIntegrationResponse(place: MethodPlace, statusCode: string, scope: Scope, ports: Reach): void {
  changeIntegration(
    place,
    scope,
    ports,
    (integration) => {
      responseOf(integration, statusCode)
      return { ...integration, integrationResponses: without(integration.integrationResponses, statusCode) }
    },
    invalidIntegration(),
  )
}

function responseOf({ integrationResponses }: Integration, statusCode: string): IntegrationResponse {
  const response = own(integrationResponses, statusCode)
  if (!response) throw invalidStatusCode()
  return response
}

const withResponse = (integration: Integration, response: IntegrationResponse): Integration => ({
  ...integration,
  integrationResponses: { ...integration.integrationResponses, [response.statusCode ?? '']: response },
})

const setParameter = (response: IntegrationResponse, value: string, [name = '']: readonly string[]): IntegrationResponse => ({
  ...response,
  responseParameters: { ...response.responseParameters, [name]: value },
})
const setTemplate = (response: IntegrationResponse, value: string, [type = '']: readonly string[]): IntegrationResponse => ({
  ...response,
  responseTemplates: { ...response.responseTemplates, [type]: value },
})

const RESPONSE_PATCHES: PatchRules<IntegrationResponse> = {
  add: { '/responseParameters/*': setParameter, '/responseTemplates/*': setTemplate },
  remove: {
    '/responseParameters/*': (response, _value, [name = '']) => {
      if (own(response.responseParameters, name) === undefined) throw notFound('Invalid parameter name specified')
      return { ...response, responseParameters: without(response.responseParameters, name) }
    },
    '/responseTemplates/*': (response, _value, [type = '']) => {
      if (own(response.responseTemplates, type) === undefined) throw notFound('Content-Type specified was not found')
      return { ...response, responseTemplates: without(response.responseTemplates, type) }
    },
  },
  replace: {
    '/contentHandling': (response, value) => ({
      ...response,
      contentHandling: (value || undefined) as IntegrationResponse['contentHandling'],
    }),
    '/responseParameters/*': setParameter,
    '/responseTemplates/*': setTemplate,
    '/selectionPattern': (response, selectionPattern) => ({ ...response, selectionPattern }),
  },
}
