import { isMap, type Value, type ValueMap } from '../../template/value.ts'
import { authorizerPermission } from '../authorizers/lambda.ts'
import { picked } from '../copy.ts'
import { expectMap, ofProperty } from '../expect.ts'
import { type GeneratedResource, generated } from '../generated-resource.ts'
import { httpDomain } from '../http-api/domain.ts'
import { isIntrinsic, ref } from '../intrinsics.ts'
import { flag, map, required, text, textOrMap } from '../properties.ts'
import { truthy } from '../python.ts'
import { invalidResource } from '../refusal.ts'
import type { SamResource, SamResourceType } from '../sam-resource.ts'
import { connectAuthorizer } from '../web-socket-api/auth.ts'
import { routeResources } from '../web-socket-api/routes.ts'

const CREATED_BY = 'websocketapi:createdBy'

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
    const made = Object.entries(routes as ValueMap).map(([key, route]) => routeResources(api, key, route, stageName(api)))
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
