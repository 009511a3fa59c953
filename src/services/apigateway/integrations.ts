import { parseArn } from '#core/aws/arn.ts'
import type { Scope } from '#core/aws/scope.ts'
import type { Ports } from '#kit/ports.ts'
import type { Integration, PatchOperation } from '#services/models/apigateway.ts'
import { changeMethod, getMethod, type MethodPlace } from './methods.ts'
import { own } from './own.ts'
import { type PatchRules, patched, refusePathShortly, without } from './patch.ts'
import { badRequest, notFound } from './refusals.ts'

type Reach = Pick<Ports, 'records'>

export const invalidIntegration = () => notFound('Invalid Integration identifier specified')

const MAX_TIMEOUT_MILLIS = 29_000

export function putIntegration(place: MethodPlace, wanted: Integration, scope: Scope, ports: Reach): Integration {
  const stored = integration(wanted, place.resourceId)
  changeMethod(place, scope, ports, (method) => ({ ...method, methodIntegration: stored }))
  return stored
}

/** An integration with its defaults, or AWS's refusal. */
export function integration(wanted: Integration, resourceId: string): Integration {
  const { type = 'MOCK', httpMethod, uri, timeoutInMillis = MAX_TIMEOUT_MILLIS } = wanted
  if (type !== 'MOCK' && !httpMethod) throw badRequest('Enumeration value for HttpMethod must be non-empty')
  if (type === 'AWS' || type === 'AWS_PROXY') checkServiceUri(type, uri)
  if ((type === 'HTTP' || type === 'HTTP_PROXY') && wanted.connectionType !== 'VPC_LINK') checkHttpUri(uri)
  // AWS raises the upper bound for accounts that ask; 29 seconds is every account's default.
  if (timeoutInMillis < 50 || timeoutInMillis > MAX_TIMEOUT_MILLIS)
    throw badRequest('Timeout should be between 50 ms and 29000 ms')
  checkContentTypes(Object.keys(wanted.requestTemplates ?? {}))
  const isHttp = type === 'HTTP' || type === 'HTTP_PROXY'
  return {
    ...wanted,
    type,
    // A mock calls nothing: recorded answers show neither method nor URI, whatever was given.
    httpMethod: type === 'MOCK' ? undefined : httpMethod,
    uri: type === 'MOCK' ? undefined : uri,
    connectionType: wanted.connectionType ?? (isHttp ? 'INTERNET' : undefined),
    passthroughBehavior: wanted.passthroughBehavior ?? 'WHEN_NO_MATCH',
    timeoutInMillis,
    cacheNamespace: wanted.cacheNamespace ?? resourceId,
    cacheKeyParameters: wanted.cacheKeyParameters ?? [],
  }
}

/** `arn:aws:apigateway:{region}:{service}:path/…` or `…:action/…`. */
function checkServiceUri(type: 'AWS' | 'AWS_PROXY', uri: string | undefined): void {
  const arn = parseArn(uri ?? '')
  if (!arn) throw badRequest('Invalid ARN specified in the request')
  // The fifth part of these ARNs names the service where others have the account.
  const { account: service, resource } = arn
  if (!resource.startsWith('path/') && !resource.startsWith('action/'))
    throw badRequest('AWS ARN for integration must contain path or action')
  const invokesLambda = service === 'lambda' && resource.startsWith('path/2015-03-31/functions/')
  if (type === 'AWS_PROXY' && !invokesLambda && !(service === 'firehose' && resource.startsWith('action/')))
    throw badRequest("Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.")
}

function checkHttpUri(uri: string | undefined): void {
  // Stage variables stand for any part of the URI, and are known only when a stage answers.
  if (!uri || !/^(?:https?:\/\/|\$\{stageVariables\.)/.test(uri)) throw badRequest('Invalid HTTP endpoint specified for URI')
}

/** Mapping templates are chosen by media type. */
export function checkContentTypes(types: readonly string[]): void {
  const wrong = types.filter((type) => type !== '$default' && !/^[^/\s]+\/[^/\s]/.test(type))
  if (wrong.length > 0)
    throw badRequest(
      `Validation Result: warnings : [], errors : [${wrong.map((type) => `Invalid content type specified: ${type}`).join(', ')}]`,
    )
}

export function getIntegration(place: MethodPlace, scope: Scope, ports: Reach): Integration {
  const { methodIntegration } = getMethod(place, scope, ports)
  if (!methodIntegration) throw invalidIntegration()
  return methodIntegration
}

export function updateIntegration(
  place: MethodPlace,
  operations: readonly PatchOperation[] | undefined,
  scope: Scope,
  ports: Reach,
): Integration {
  return changeIntegration(place, scope, ports, (before) =>
    integration(patched(before, operations, INTEGRATION_PATCHES, refusePathShortly), place.resourceId),
  )
}

export function deleteIntegration(place: MethodPlace, scope: Scope, ports: Reach): void {
  getIntegration(place, scope, ports)
  changeMethod(place, scope, ports, ({ methodIntegration: _gone, ...method }) => method)
}

/** Stores what `change` makes of the integration. */
export function changeIntegration(
  place: MethodPlace,
  scope: Scope,
  ports: Reach,
  change: (integration: Integration) => Integration,
  unknownMethod?: ReturnType<typeof invalidIntegration>,
): Integration {
  changeMethod(
    place,
    scope,
    ports,
    (method) => {
      if (!method.methodIntegration) throw invalidIntegration()
      return { ...method, methodIntegration: change(method.methodIntegration) }
    },
    unknownMethod,
  )
  return getIntegration(place, scope, ports)
}

const setParameter = (integration: Integration, value: string, [name = '']: readonly string[]): Integration => ({
  ...integration,
  requestParameters: { ...integration.requestParameters, [name]: value },
})
const setTemplate = (integration: Integration, value: string, [type = '']: readonly string[]): Integration => ({
  ...integration,
  requestTemplates: { ...integration.requestTemplates, [type]: value },
})

const INTEGRATION_PATCHES: PatchRules<Integration> = {
  add: {
    '/cacheKeyParameters/*': (integration, _value, [name = '']) => ({
      ...integration,
      cacheKeyParameters: [...(integration.cacheKeyParameters ?? []), name],
    }),
    '/requestParameters/*': setParameter,
    '/requestTemplates/*': setTemplate,
  },
  remove: {
    '/cacheKeyParameters/*': (integration, _value, [name]) => ({
      ...integration,
      cacheKeyParameters: integration.cacheKeyParameters?.filter((other) => other !== name),
    }),
    '/requestParameters/*': (integration, _value, [name = '']) => {
      if (own(integration.requestParameters, name) === undefined) throw notFound('Invalid parameter name specified')
      return { ...integration, requestParameters: without(integration.requestParameters, name) }
    },
    '/requestTemplates/*': (integration, _value, [type = '']) => {
      if (own(integration.requestTemplates, type) === undefined) throw notFound('Content-Type specified was not found')
      return { ...integration, requestTemplates: without(integration.requestTemplates, type) }
    },
  },
  replace: {
    '/cacheNamespace': (integration, cacheNamespace) => ({ ...integration, cacheNamespace }),
    '/connectionId': (integration, connectionId) => ({ ...integration, connectionId }),
    '/connectionType': (integration, type) => ({ ...integration, connectionType: type as Integration['connectionType'] }),
    '/contentHandling': (integration, value) => ({
      ...integration,
      contentHandling: (value || undefined) as Integration['contentHandling'],
    }),
    '/credentials': (integration, credentials) => ({ ...integration, credentials: credentials || undefined }),
    '/httpMethod': (integration, httpMethod) => ({ ...integration, httpMethod }),
    '/passthroughBehavior': (integration, value) => {
      // unverified: the words.
      if (!['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER'].includes(value))
        throw badRequest('Invalid passthrough behavior specified. Valid options are WHEN_NO_MATCH,WHEN_NO_TEMPLATES,NEVER')
      return { ...integration, passthroughBehavior: value }
    },
    '/requestParameters/*': setParameter,
    '/requestTemplates/*': setTemplate,
    '/timeoutInMillis': (integration, value) => ({ ...integration, timeoutInMillis: Number(value) }),
    '/uri': (integration, uri) => ({ ...integration, uri }),
  },
}
