import { isMap, type Value, type ValueMap } from '../../template/value.ts'
import { authorizerPermission } from '../authorizers/lambda.ts'
import { picked } from '../copy.ts'
import { expectMap, ofProperty } from '../expect.ts'
import { type GeneratedResource, generated } from '../generated-resource.ts'
import { httpDomain } from '../http-api/domain.ts'
import { isIntrinsic, ref, sub } from '../intrinsics.ts'
import { flag, map, required, text, textOrMap } from '../properties.ts'
import { isAlphanumeric, truthy } from '../python.ts'
import { invalidResource } from '../refusal.ts'
import type { SamResource, SamResourceType } from '../sam-resource.ts'
import { checkWebSocketAuth, connectAuthorizer } from '../web-socket-api/auth.ts'

const CREATED_BY = 'websocketapi:createdBy'
const SPECIAL_ROUTES = ['$connect', '$disconnect', '$default']

/** A WebSocket API with its routes, its stage and its domain. */
export const webSocketApi: SamResourceType = {
  type: 'AWS::Serverless::WebSocketApi',
  properties: {
    ApiKeySelectionExpression: text,
    AccessLogSettings: map,
    Auth: map,
    DefaultRouteSettings: map,
    Description: text,
    DisableExecuteApiEndpoint: flag,
    Domain: map,
    DisableSchemaValidation: flag,
    FailOnWarnings: flag,
    IpAddressType: text,
    Name: text,
    PropagateTags: flag,
    Routes: required(map),
    RouteSettings: map,
    RouteSelectionExpression: required(text),
    StageName: textOrMap,
    StageVariables: map,
    Tags: map,
  },
  references: { Stage: 'AWS::ApiGatewayV2::Stage', DomainName: 'AWS::ApiGatewayV2::DomainName' },

  transform(api, transformation) {
    const { properties } = api
    for (const name of ['Auth', 'Domain', 'Routes']) {
      if (properties[name] !== undefined) properties[name] = transformation.resolve(properties[name])
    }
    const routes = properties['Routes']
    check(api)
    const resource = apiResource(api)
    // As on AWS, the records of one API replace those of another in the same zone, and attributes are not handed on.
    const apart = { ...transformation, recordSetGroups: new Map<string, GeneratedResource>() }
    const domain = httpDomain({ ...api, inherited: {} }, apart, CREATED_BY)
    const stage = apiStage(api)
    const made = Object.entries(routes as ValueMap).map(([key, route]) => routeResources(api, key, route))
    const authorizer = connectAuthorizer(api)
    const depends = truthy(properties['RouteSettings']) ? made.map(([route]) => route!.id) : undefined
    const resources = [
      resource,
      ...made.flat(),
      ...domain,
      depends ? { ...stage, dependsOn: depends } : stage,
      ...(authorizer ? [authorizer, ...permission(api)] : []),
    ]
    propagate(resources, properties)
    return resources
  },
}

function check({ id, properties }: SamResource): void {
  const { Routes: routes, IpAddressType: address, Domain: domain, Auth: auth } = properties
  const refuse = (message: string) => invalidResource(id, message)
  if (!truthy(routes)) throw refuse('WebSocket API must have at least one route.')
  if ((address ?? null) !== null && !isIntrinsic(address) && address !== 'ipv4' && address !== 'dualstack') {
    throw refuse("IpAddressType must be 'ipv4' or 'dualstack'.")
  }
  if (isMap(domain) && truthy(domain['MutualTlsAuthentication'])) {
    throw refuse('Mutual TLS domain name association is not supported for Websocket APIs.')
  }
  if (truthy(auth) && !(isMap(routes) && Object.hasOwn(routes, '$connect'))) {
    throw refuse('Authorization is only available if there is a $connect route.')
  }
  expectMap(routes, ofProperty(id), 'Routes')
}

function apiResource({ id, properties, dependsOn }: SamResource): GeneratedResource {
  const same = [
    'ApiKeySelectionExpression',
    'Description',
    'DisableExecuteApiEndpoint',
    'DisableSchemaValidation',
    'IpAddressType',
  ]
  const { Tags: tags } = properties
  return generated(
    id,
    'AWS::ApiGatewayV2::Api',
    {
      ...picked(properties, same),
      Name: properties['Name'] ?? id,
      RouteSelectionExpression: properties['RouteSelectionExpression'],
      Tags: { ...(isMap(tags) ? tags : {}), [CREATED_BY]: 'SAM' },
      ProtocolType: 'WEBSOCKET',
    },
    { dependsOn },
  )
}

function stageName({ properties }: SamResource): Value {
  return properties['StageName'] ?? 'default'
}

function apiStage(api: SamResource): GeneratedResource {
  const name = stageName(api)
  const { properties, id } = api
  if (name === '$default') throw invalidResource(id, 'Stages cannot be named $default for WebSocket APIs.')
  const part = name === 'default' ? 'Default' : typeof name === 'string' ? name : ''
  const same = ['StageVariables', 'AccessLogSettings', 'DefaultRouteSettings', 'RouteSettings']
  return generated(`${id}${part}Stage`, 'AWS::ApiGatewayV2::Stage', {
    ApiId: ref(id),
    StageName: name,
    ...picked(properties, same),
    Tags: { [CREATED_BY]: 'SAM' },
    AutoDeploy: true,
  })
}

/** A route's place in the ids of what is made for it. */
function routePart(id: string, key: string): string {
  const name = SPECIAL_ROUTES.includes(key) ? key.slice(1) : key
  if (isAlphanumeric(name)) return name[0]!.toUpperCase() + name.slice(1).toLowerCase()
  throw invalidResource(
    id,
    `Route key '${key}' must be alphanumeric. Only $connect, $disconnect, and $default special routes are supported.`,
  )
}

function routeResources(api: SamResource, key: string, written: Value): GeneratedResource[] {
  const { id } = api
  const base = id + routePart(id, key)
  const route = expectMap(written, ofProperty(id), `Routes.${key}`)
  const same = [
    'ApiKeyRequired',
    'ModelSelectionExpression',
    'OperationName',
    'RequestModels',
    'RouteResponseSelectionExpression',
  ]
  const parameters = route['RequestParameters']
  if (truthy(parameters) && key !== '$connect') {
    throw invalidResource(id, 'Request parameters are only supported for the $connect route in WebSocket APIs.')
  }
  checkWebSocketAuth(api)
  const fn = route['FunctionArn']
  if (fn === undefined) throw invalidResource(id, 'Route must have associated function.')
  const authorization = key === '$connect' ? authorizationOf(api) : {}
  return [
    generated(`${base}Route`, 'AWS::ApiGatewayV2::Route', {
      RouteKey: key,
      ApiId: ref(id),
      ...picked(route, same),
      RequestParameters: truthy(parameters) ? parameters : undefined,
      ...authorization,
      Target: { 'Fn::Join': ['/', ['integrations', ref(`${base}Integration`)]] },
    }),
    generated(`${base}Integration`, 'AWS::ApiGatewayV2::Integration', {
      ApiId: ref(id),
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: sub(
        'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${FunctionArn}/invocations',
        { FunctionArn: fn },
      ),
      TimeoutInMillis: route['IntegrationTimeout'],
    }),
    generated(`${base}Permission`, 'AWS::Lambda::Permission', {
      Action: 'lambda:InvokeFunction',
      FunctionName: fn,
      Principal: 'apigateway.amazonaws.com',
      SourceArn: routeArn(api, key),
    }),
  ]
}

function routeArn(api: SamResource, key: string): ValueMap {
  const name = stageName(api)
  const arn = `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${${api.id}.ApiId}`
  if (typeof name === 'string') return sub(`${arn}/${name}/${key}`)
  return sub(`${arn}/\${__StageName__}/${key}`, { __StageName__: name })
}

function authorizationOf(api: SamResource): ValueMap {
  const auth = api.properties['Auth']
  if (!isMap(auth) || !truthy(auth)) return {}
  const type = auth['AuthType']
  if (type === 'CUSTOM') return { AuthorizationType: 'CUSTOM', AuthorizerId: ref(`${api.id}ConnectAuthorizer`) }
  return { AuthorizationType: type === 'AWS_IAM' ? 'AWS_IAM' : 'NONE' }
}

/** Lets the API call its authorizer, unless it does so under a role. */
function permission({ id, properties }: SamResource): GeneratedResource[] {
  const auth = properties['Auth'] as ValueMap
  if (truthy(auth['InvokeRole']) || !truthy(auth['AuthArn'])) return []
  const more = { partition: '${AWS::Partition}', attributes: {} }
  return [authorizerPermission(`${id}AuthorizerPermission`, auth['AuthArn']!, ref(id), more)]
}

const TAGGED = ['AWS::ApiGatewayV2::Api', 'AWS::ApiGatewayV2::Stage', 'AWS::ApiGatewayV2::DomainName']

function propagate(resources: readonly GeneratedResource[], { Tags: tags, PropagateTags }: ValueMap): void {
  if (!truthy(PropagateTags)) return
  const all: ValueMap = { ...(isMap(tags) ? tags : {}), [CREATED_BY]: 'SAM' }
  for (const { type, properties } of resources) if (TAGGED.includes(type)) properties['Tags'] = all
}
