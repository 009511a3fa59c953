import type { Scope } from '#core/aws/scope.ts'
import type { Ports } from '#kit/ports.ts'
import type { MethodSetting, PatchOperation } from '#services/models/apigateway.ts'
import { own } from './own.ts'
import { badRequest, notFound, unsupported } from './refusals.ts'
import type { Stage } from './releases.ts'
import { getRestApi } from './rest-apis.ts'
import { getStage, saveStage } from './stages.ts'

/** Changes a stage by patch operations; it answers accordingly at once. */
export function updateStage(
  apiId: string,
  stageName: string,
  operations: readonly PatchOperation[] | undefined,
  scope: Scope,
  ports: Pick<Ports, 'records' | 'clock' | 'dataPlane'>,
): Stage {
  const before = getStage(apiId, stageName, scope, ports)
  const after = (operations ?? []).reduce(applied, before)
  return saveStage(getRestApi(apiId, scope, ports), { ...after, lastUpdatedDate: ports.clock.now() }, scope, ports)
}

function applied(stage: Stage, { op, path = '', value = '' }: PatchOperation): Stage {
  const [, first = '', second = '', ...rest] = path.split('/')
  if (first === 'canarySettings') throw unsupported('a canary release')
  if (op === 'remove') return removed(stage, path)
  const change = op === 'replace' || op === 'add' ? (own(SETTINGS, path) ?? settingOf(first, second, rest.join('/'))) : undefined
  if (!change) throw invalidPath(path)
  return change(stage, value)
}

type Change = (stage: Stage, value: string) => Stage

const SETTINGS: Readonly<Record<string, Change>> = {
  '/deploymentId': (stage, deploymentId) => ({ ...stage, deploymentId }),
  '/description': (stage, description) => ({ ...stage, description: description || undefined }),
  '/cacheClusterEnabled': (stage, value) => {
    if (value === 'true') throw unsupported('a cache cluster')
    return stage
  },
  '/cacheClusterSize': () => {
    throw unsupported('a cache cluster')
  },
  '/clientCertificateId': () => {
    throw unsupported('a client certificate')
  },
  '/accessLogSettings/destinationArn': (stage, destinationArn) => ({
    ...stage,
    // Log groups are given with or without the `:*` that CloudWatch Logs ends their ARNs with; API Gateway shows them without.
    accessLogSettings: { ...stage.accessLogSettings, destinationArn: destinationArn.replace(/:\*$/, '') },
  }),
  '/accessLogSettings/format': (stage, format) => ({ ...stage, accessLogSettings: { ...stage.accessLogSettings, format } }),
  '/tracingEnabled': (stage, value) => ({ ...stage, tracingEnabled: value === 'true' }),
}

/** `/variables/{name}`, or `/{path}/{METHOD}/{setting}`. */
function settingOf(first: string, second: string, setting: string): Change | undefined {
  if (first === 'variables' && second && !setting)
    return (stage, value) => ({ ...stage, variables: { ...stage.variables, [second]: value } })
  const read = own(METHOD_SETTINGS, setting)
  if (!read) return undefined
  const key = `${first}/${second}`
  return (stage, value) => ({
    ...stage,
    methodSettings: { ...stage.methodSettings, [key]: { ...baseOf(stage, key), ...read(value) } },
  })
}

const METHOD_SETTINGS: Readonly<Record<string, (value: string) => MethodSetting>> = {
  'metrics/enabled': (value) => ({ metricsEnabled: value === 'true' }),
  'logging/dataTrace': (value) => ({ dataTraceEnabled: value === 'true' }),
  'logging/loglevel': (value) => ({ loggingLevel: loggingLevel(value) }),
  'throttling/burstLimit': (value) => ({ throttlingBurstLimit: Number(value) }),
  'throttling/rateLimit': (value) => ({ throttlingRateLimit: Number(value) }),
  'caching/enabled': (value) => ({ cachingEnabled: value === 'true' }),
  'caching/ttlInSeconds': (value) => ({ cacheTtlInSeconds: Number(value) }),
  'caching/dataEncrypted': (value) => ({ cacheDataEncrypted: value === 'true' }),
  'caching/requireAuthorizationForCacheControl': (value) => ({ requireAuthorizationForCacheControl: value === 'true' }),
  'caching/unauthorizedCacheControlHeaderStrategy': (value) => ({
    unauthorizedCacheControlHeaderStrategy: value as MethodSetting['unauthorizedCacheControlHeaderStrategy'],
  }),
}

function loggingLevel(value: string): string {
  // unverified: the words.
  if (!['OFF', 'ERROR', 'INFO'].includes(value))
    throw badRequest('Invalid logging level specified. Valid options are OFF, ERROR, INFO')
  return value
}

/** A new setting begins as the one for every method, and that one as AWS's defaults. */
export function baseOf({ methodSettings }: Pick<Stage, 'methodSettings'>, key: string): MethodSetting {
  return own(methodSettings, key) ?? methodSettings['*/*'] ?? DEFAULT_METHOD_SETTING
}

const DEFAULT_METHOD_SETTING: MethodSetting = {
  metricsEnabled: false,
  dataTraceEnabled: false,
  throttlingBurstLimit: 5000,
  throttlingRateLimit: 10_000,
  cachingEnabled: false,
  cacheTtlInSeconds: 300,
  cacheDataEncrypted: false,
  requireAuthorizationForCacheControl: true,
  unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
}

function removed(stage: Stage, path: string): Stage {
  const [, first = '', second = ''] = path.split('/')
  if (path === '/accessLogSettings') return { ...stage, accessLogSettings: undefined }
  if (first === 'variables') {
    const { [second]: gone, ...variables } = stage.variables ?? {}
    // unverified: the words.
    if (gone === undefined) throw notFound('Invalid stage variable name specified')
    return { ...stage, variables: Object.keys(variables).length > 0 ? variables : undefined }
  }
  const key = `${first}/${second}`
  const { [key]: gone, ...methodSettings } = stage.methodSettings
  // The space at the end is AWS's.
  if (!gone) throw badRequest(`Cannot remove method setting ${key} because there is no method setting for this method `)
  return { ...stage, methodSettings }
}

/** AWS's list as it is, commas missing and all. */
function invalidPath(path: string) {
  const of = (method: string, gaps: readonly [string, string]) =>
    `${method}/metrics/enabled, ${method}/logging/dataTrace, ${method}/logging/loglevel, ${method}/throttling/burstLimit${gaps[0]}${method}/throttling/rateLimit${gaps[1]}${method}/caching/ttlInSeconds, ${method}/caching/enabled, ${method}/caching/dataEncrypted, ${method}/caching/requireAuthorizationForCacheControl, ${method}/caching/unauthorizedCacheControlHeaderStrategy`
  const allowed = [
    '/deploymentId, /description, /cacheClusterEnabled, /cacheClusterSize, /clientCertificateId, /accessLogSettings, /accessLogSettings/destinationArn, /accessLogSettings/format',
    of('/{resourcePath}/{httpMethod}', ['', '']),
    of('/*/*', [' ', ' ']),
    '/variables/{variable_name}, /tracingEnabled',
  ]
  return badRequest(`Invalid method setting path: ${path}. Must be one of: [${allowed.join(', ')}]`)
}
