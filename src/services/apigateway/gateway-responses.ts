import type { Scope } from '#core/aws/scope.ts'
import type { Ports } from '#kit/ports.ts'
import type {
  GatewayResponse as GatewayResponseAnswer,
  GatewayResponseType,
  PatchOperation,
} from '#services/models/apigateway.ts'
import { changeDefinition, type Definition, type GatewayResponse, getDefinition } from './definition.ts'
import { type PatchRules, patched, refusePathShortly, without } from './patch.ts'
import { badRequest, notFound } from './refusals.ts'

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html; in the order of GetGatewayResponses. */
const STATUS: Readonly<Record<GatewayResponseType, string | undefined>> = {
  ACCESS_DENIED: '403',
  API_CONFIGURATION_ERROR: '500',
  AUTHORIZER_CONFIGURATION_ERROR: '500',
  AUTHORIZER_FAILURE: '500',
  BAD_REQUEST_BODY: '400',
  BAD_REQUEST_PARAMETERS: '400',
  DEFAULT_4XX: undefined,
  DEFAULT_5XX: undefined,
  EXPIRED_TOKEN: '403',
  INTEGRATION_FAILURE: '504',
  INTEGRATION_TIMEOUT: '504',
  INVALID_API_KEY: '403',
  INVALID_SIGNATURE: '403',
  MISSING_AUTHENTICATION_TOKEN: '403',
  QUOTA_EXCEEDED: '429',
  REQUEST_TOO_LARGE: '413',
  RESOURCE_NOT_FOUND: '404',
  THROTTLED: '429',
  UNAUTHORIZED: '401',
  UNSUPPORTED_MEDIA_TYPE: '415',
  WAF_FILTERED: '403',
}

const DEFAULT_TEMPLATES = { 'application/json': '{"message":$context.error.messageString}' }

export function checkedResponseType(type: string): GatewayResponseType {
  // unverified: the words.
  if (!Object.hasOwn(STATUS, type)) throw badRequest(`Invalid gateway response type specified: ${type}`)
  return type as GatewayResponseType
}

export function putGatewayResponse(
  apiId: string,
  type: string,
  wanted: Parameters<typeof gatewayResponse>[0],
  scope: Scope,
  ports: Pick<Ports, 'records'>,
): GatewayResponseAnswer {
  const known = checkedResponseType(type)
  const response = gatewayResponse(wanted)
  const definition = changeDefinition(apiId, scope, ports, (before) => ({
    ...before,
    gatewayResponses: { ...before.gatewayResponses, [known]: response },
  }))
  return describeGatewayResponse(definition, known)
}

export const gatewayResponse = (wanted: {
  readonly statusCode?: string | undefined
  readonly responseParameters?: Readonly<Record<string, string>> | undefined
  readonly responseTemplates?: Readonly<Record<string, string>> | undefined
}): GatewayResponse => ({
  statusCode: wanted.statusCode,
  responseParameters: wanted.responseParameters ?? {},
  responseTemplates:
    wanted.responseTemplates && Object.keys(wanted.responseTemplates).length > 0 ? wanted.responseTemplates : DEFAULT_TEMPLATES,
})

export function updateGatewayResponse(
  apiId: string,
  type: string,
  operations: readonly PatchOperation[] | undefined,
  scope: Scope,
  ports: Pick<Ports, 'records'>,
): GatewayResponseAnswer {
  const known = checkedResponseType(type)
  const definition = changeDefinition(apiId, scope, ports, (before) => ({
    ...before,
    gatewayResponses: {
      ...before.gatewayResponses,
      [known]: patched(before.gatewayResponses[known] ?? gatewayResponse({}), operations, RESPONSE_PATCHES, refusePathShortly),
    },
  }))
  return describeGatewayResponse(definition, known)
}

export function deleteGatewayResponse(apiId: string, type: string, scope: Scope, ports: Pick<Ports, 'records'>): void {
  const known = checkedResponseType(type)
  changeDefinition(apiId, scope, ports, (before) => {
    // unverified: the words.
    if (!before.gatewayResponses[known]) throw notFound('Gateway response type not defined on api')
    return { ...before, gatewayResponses: without(before.gatewayResponses, known) ?? {} }
  })
}

export function getGatewayResponse(
  apiId: string,
  type: string,
  scope: Scope,
  ports: Pick<Ports, 'records'>,
): GatewayResponseAnswer {
  return describeGatewayResponse(getDefinition(apiId, scope, ports), checkedResponseType(type))
}

export function listGatewayResponses(apiId: string, scope: Scope, ports: Pick<Ports, 'records'>): GatewayResponseAnswer[] {
  const definition = getDefinition(apiId, scope, ports)
  return (Object.keys(STATUS) as GatewayResponseType[]).map((type) => describeGatewayResponse(definition, type))
}

/** A type that was not customized shows what stands in for it: the customized `DEFAULT_4XX` or `DEFAULT_5XX`, else AWS's default. */
function describeGatewayResponse({ gatewayResponses }: Definition, type: GatewayResponseType): GatewayResponseAnswer {
  const custom = gatewayResponses[type]
  const fallback = STATUS[type]?.startsWith('5') ? 'DEFAULT_5XX' : 'DEFAULT_4XX'
  const shown = custom ?? (STATUS[type] ? gatewayResponses[fallback] : undefined)
  return {
    responseType: type,
    statusCode: shown?.statusCode ?? STATUS[type],
    responseParameters: shown?.responseParameters ?? {},
    responseTemplates: shown?.responseTemplates ?? DEFAULT_TEMPLATES,
    defaultResponse: custom === undefined,
  }
}

const parameter = (response: GatewayResponse, value: string, [name = '']: readonly string[]): GatewayResponse => ({
  ...response,
  responseParameters: { ...response.responseParameters, [name]: value },
})
const template = (response: GatewayResponse, value: string, [type = '']: readonly string[]): GatewayResponse => ({
  ...response,
  responseTemplates: { ...response.responseTemplates, [type]: value },
})

const RESPONSE_PATCHES: PatchRules<GatewayResponse> = {
  add: { '/responseParameters/*': parameter, '/responseTemplates/*': template },
  remove: {
    '/responseParameters/*': (response, _value, [name = '']) => ({
      ...response,
      responseParameters: without(response.responseParameters, name) ?? {},
    }),
    '/responseTemplates/*': (response, _value, [type = '']) => ({
      ...response,
      responseTemplates: without(response.responseTemplates, type) ?? {},
    }),
  },
  replace: {
    '/responseParameters/*': parameter,
    '/responseTemplates/*': template,
    '/statusCode': (response, statusCode) => ({ ...response, statusCode }),
  },
}
