import type { Source } from '#core/aws/reason.ts'
import type { Scope } from '#core/aws/scope.ts'
import type { Ports } from '#kit/ports.ts'
import type { Method, PatchOperation } from '#services/models/apigateway.ts'
import { changeDefinition, type Definition, getDefinition, invalidResource } from './definition.ts'
import { own } from './own.ts'
import { type PatchRules, patched, refusePathShortly, without } from './patch.ts'
import { badRequest, conflict, notFound } from './refusals.ts'
import { resourceOf } from './resources.ts'

type Reach = Pick<Ports, 'records'>

/** Where a method lives. */
export interface MethodPlace {
  readonly restApiId: string
  readonly resourceId: string
  readonly httpMethod: string
}

/** A method's own settings, before it has an integration and responses. */
export type MethodSettings = Omit<Method, 'httpMethod' | 'methodIntegration' | 'methodResponses'>

const HTTP_METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'ANY']
const AUTHORIZATION_TYPES = ['NONE', 'AWS_IAM', 'CUSTOM', 'COGNITO_USER_POOLS']

const invalidMethod = () => notFound('Invalid Method identifier specified')

export function getMethod(place: MethodPlace, scope: Scope, ports: Reach): Method {
  return methodOf(getDefinition(place.restApiId, scope, ports, invalidResource()), place)
}

function methodOf(definition: Definition, { resourceId, httpMethod }: MethodPlace, unknown = invalidMethod()): Method {
  const method = own(resourceOf(definition, resourceId).methods, httpMethod)
  if (!method) throw unknown
  return method
}

export function putMethod(place: MethodPlace, settings: MethodSettings, scope: Scope, ports: Reach): Method {
  const definition = changeDefinition(
    place.restApiId,
    scope,
    ports,
    (before) => {
      const resource = resourceOf(before, place.resourceId)
      checkHttpMethod(place.httpMethod)
      if (resource.methods[place.httpMethod]) throw conflict('Method already exists for this resource')
      return withMethod(before, place, method(before, place.httpMethod, settings))
    },
    invalidResource(),
  )
  return methodOf(definition, place)
}

/** A method with its defaults, or AWS's refusal. Whoever brings one, an operation, a template or an import, is judged alike. */
export function method(definition: Definition, httpMethod: string, settings: MethodSettings): Method {
  const wanted: Method = {
    ...settings,
    httpMethod,
    // Recorded: `none` is taken for `NONE`.
    authorizationType: settings.authorizationType?.toUpperCase() ?? 'NONE',
    apiKeyRequired: settings.apiKeyRequired ?? false,
  }
  checkHttpMethod(httpMethod)
  checkMethod(definition, wanted)
  return wanted
}

function checkHttpMethod(httpMethod: string): void {
  if (!HTTP_METHODS.includes(httpMethod))
    throw badRequest(`Invalid HttpMethod specified. Valid options are ${HTTP_METHODS.join(',')}`)
}

function checkMethod(definition: Definition, wanted: Method): void {
  const { authorizationType = 'NONE', authorizerId, requestValidatorId, requestModels, requestParameters } = wanted
  if (!AUTHORIZATION_TYPES.includes(authorizationType))
    // unverified: the words.
    throw badRequest('Invalid authorization type specified. Valid options are NONE, AWS_IAM, CUSTOM, or COGNITO_USER_POOLS')
  if (
    (authorizationType === 'CUSTOM' || authorizationType === 'COGNITO_USER_POOLS') &&
    !own(definition.authorizers, authorizerId)
  )
    throw badRequest(
      'Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.',
    )
  if (requestValidatorId && !own(definition.requestValidators, requestValidatorId))
    throw badRequest('Invalid Request Validator identifier specified')
  for (const model of Object.values(requestModels ?? {}))
    if (!own(definition.models, model)) throw badRequest(`Invalid model identifier specified: ${model}`)
  checkParameterNames(Object.keys(requestParameters ?? {}))
}

function checkParameterNames(locations: readonly string[]): void {
  const names = locations.map((location) => {
    const name = /^method\.request\.(?:querystring|header|path|multivaluequerystring|multivalueheader)\.(.+)$/.exec(location)?.[1]
    // unverified: the words.
    if (!name)
      throw badRequest(
        `Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: ${location}]`,
      )
    return name
  })
  if (new Set(names).size < names.length) throw badRequest('Parameter names must be unique across querystring, header and path')
}

export function updateMethod(
  place: MethodPlace,
  operations: readonly PatchOperation[] | undefined,
  scope: Scope,
  ports: Reach,
): Method {
  return changeMethod(place, scope, ports, (before, definition) => {
    const after = patched(before, operations, METHOD_PATCHES, refusePathShortly)
    checkMethod(definition, after)
    return after
  })
}

export function deleteMethod(place: MethodPlace, scope: Scope, ports: Reach): void {
  changeDefinition(
    place.restApiId,
    scope,
    ports,
    (definition) => {
      methodOf(definition, place)
      const resource = resourceOf(definition, place.resourceId)
      const { sources, ...rest } = resource
      const left = {
        ...rest,
        methods: without(resource.methods, place.httpMethod) ?? {},
        ...(sources && { sources: without(sources, place.httpMethod) ?? {} }),
      }
      return { ...definition, resources: { ...definition.resources, [resource.id]: left } }
    },
    invalidResource(),
  )
}

/** Stores what `change` makes of the method. */
export function changeMethod(
  place: MethodPlace,
  scope: Scope,
  ports: Reach,
  change: (method: Method, definition: Definition) => Method,
  unknown?: ReturnType<typeof invalidMethod>,
): Method {
  const definition = changeDefinition(
    place.restApiId,
    scope,
    ports,
    (before) => withMethod(before, place, change(methodOf(before, place, unknown), before)),
    invalidResource(),
  )
  return methodOf(definition, place)
}

/** The definition with this method in its place; `source` is where a template wrote it. */
export function withMethod(
  definition: Definition,
  { resourceId, httpMethod }: Pick<MethodPlace, 'resourceId' | 'httpMethod'>,
  method: Method,
  source?: Source,
): Definition {
  const resource = resourceOf(definition, resourceId)
  return {
    ...definition,
    resources: {
      ...definition.resources,
      [resourceId]: {
        ...resource,
        methods: { ...resource.methods, [httpMethod]: method },
        ...(source && { sources: { ...resource.sources, [httpMethod]: source } }),
      },
    },
  }
}

const addTo =
  <K extends 'requestParameters' | 'requestModels'>(map: K, read: (value: string) => NonNullable<Method[K]>[string]) =>
  (method: Method, value: string, [name = '']: readonly string[]): Method => ({
    ...method,
    [map]: { ...method[map], [name]: read(value) },
  })

const METHOD_PATCHES: PatchRules<Method> = {
  add: {
    '/authorizationScopes': (method, scope) => ({
      ...method,
      authorizationScopes: [...(method.authorizationScopes ?? []), scope],
    }),
    '/requestModels/*': addTo('requestModels', String),
    '/requestParameters/*': addTo('requestParameters', (value) => value === 'true'),
  },
  remove: {
    '/authorizationScopes': (method, scope) => ({
      ...method,
      authorizationScopes: method.authorizationScopes?.filter((other) => other !== scope),
    }),
    '/requestModels/*': (method, _value, [type = '']) => {
      if (!own(method.requestModels, type)) throw notFound('Content-Type specified was not found')
      return { ...method, requestModels: without(method.requestModels, type) }
    },
    '/requestParameters/*': (method, _value, [name = '']) => {
      if (own(method.requestParameters, name) === undefined) throw notFound('Invalid parameter name specified')
      return { ...method, requestParameters: without(method.requestParameters, name) }
    },
  },
  replace: {
    '/apiKeyRequired': (method, value) => ({ ...method, apiKeyRequired: value === 'true' }),
    '/authorizationType': (method, authorizationType) => ({ ...method, authorizationType }),
    '/authorizerId': (method, authorizerId) => ({ ...method, authorizerId }),
    '/operationName': (method, operationName) => ({ ...method, operationName: operationName || undefined }),
    '/requestModels/*': addTo('requestModels', String),
    '/requestParameters/*': addTo('requestParameters', (value) => value === 'true'),
    '/requestValidatorId': (method, id) => ({ ...method, requestValidatorId: id || undefined }),
  },
}
