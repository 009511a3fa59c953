import { isMap, type Value, type ValueMap } from '../../template/value.ts'
import { picked } from '../copy.ts'
import { expectMap, ofProperty } from '../expect.ts'
import { type GeneratedResource, generated } from '../generated-resource.ts'
import { ref, sub } from '../intrinsics.ts'
import { isAlphanumeric, truthy } from '../python.ts'
import { invalidResource } from '../refusal.ts'
import type { SamResource } from '../sam-resource.ts'
import { checkWebSocketAuth } from './auth.ts'

const SPECIAL_ROUTES = ['$connect', '$disconnect', '$default']

/** A route's place in the ids of what is made for it. */
function routePart(id: string, key: string): string {
  const name = SPECIAL_ROUTES.includes(key) ? key.slice(1) : key
  if (isAlphanumeric(name)) return name[0]!.toUpperCase() + name.slice(1).toLowerCase()
  throw invalidResource(
    id,
    `Route key '${key}' must be alphanumeric. Only $connect, $disconnect, and $default special routes are supported.`,
  )
}

/** A route, its integration with a function, and the permission to call it. */
export function routeResources(api: SamResource, key: string, written: Value, stage: Value): GeneratedResource[] {
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
      SourceArn: routeArn(id, key, stage),
    }),
  ]
}

function routeArn(id: string, key: string, stage: Value): ValueMap {
  const arn = `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${${id}.ApiId}`
  if (typeof stage === 'string') return sub(`${arn}/${stage}/${key}`)
  return sub(`${arn}/\${__StageName__}/${key}`, { __StageName__: stage })
}

function authorizationOf(api: SamResource): ValueMap {
  const auth = api.properties['Auth']
  if (!isMap(auth) || !truthy(auth)) return {}
  const type = auth['AuthType']
  if (type === 'CUSTOM') return { AuthorizationType: 'CUSTOM', AuthorizerId: ref(`${api.id}ConnectAuthorizer`) }
  return { AuthorizationType: type === 'AWS_IAM' ? 'AWS_IAM' : 'NONE' }
}
