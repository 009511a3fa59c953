import { isMap, type Value, type ValueMap } from '../../template/value.ts'
import { arnText, type Partition } from '../arn.ts'
import { expectTexts, ofProperty } from '../expect.ts'
import { type GeneratedResource, generated } from '../generated-resource.ts'
import { sub } from '../intrinsics.ts'
import { truthy } from '../python.ts'
import { own } from '../python2/own-words.ts'
import { authorizerDefinition, identityHeader, type RestAuthorizer, validationExpression } from './rest-authorizer.ts'

/** A function that decides, by a token or by the whole request. */
export function lambdaAuthorizer(authorizer: RestAuthorizer, partition: Partition): ValueMap {
  const { settings } = authorizer
  const byRequest = settings['FunctionPayloadType'] === 'REQUEST'
  const header = byRequest ? UNUSED : identityHeader(authorizer)
  const identity = isMap(settings['Identity']) ? settings['Identity'] : {}
  const seconds = identity['ReauthorizeEvery'] ?? undefined
  const role = settings['FunctionInvokeRole']
  const source = byRequest ? identitySource(authorizer, identity) : ''
  const written: ValueMap = {
    ...(seconds !== undefined && { authorizerResultTtlInSeconds: seconds }),
    ...(truthy(role) && role !== 'NONE' && { authorizerCredentials: role! }),
    ...(source !== '' && { identitySource: source }),
    ...(!byRequest && validationExpression(authorizer)),
  }
  const uri = authorizerUri(settings['FunctionArn'] ?? null, partition)
  const made = own({ type: byRequest ? 'request' : 'token', authorizerUri: uri, ...written }, ...Object.keys(written))
  return authorizerDefinition(header, 'custom', made)
}

const UNUSED = { name: 'Unused', isOwn: true }

export function authorizerUri(functionArn: Value, partition: Partition): ValueMap {
  const resource = 'lambda:path/2015-03-31/functions/${__FunctionArn__}/invocations'
  const text = arnText(partition, 'apigateway', resource, { account: false })
  return own({ 'Fn::Sub': own([text, own({ __FunctionArn__: functionArn }, '__FunctionArn__')]) })
}

const SOURCES = [
  ['Headers', 'method.request.header.'],
  ['QueryStrings', 'method.request.querystring.'],
  ['StageVariables', 'stageVariables.'],
  ['Context', 'context.'],
] as const

function identitySource({ apiId, name }: RestAuthorizer, identity: ValueMap): string {
  return SOURCES.flatMap(([source, prefix]) => {
    if (!truthy(identity[source])) return []
    const path = `Auth.Authorizers.${name}.Identity.${source}`
    return expectTexts(identity[source], ofProperty(apiId), path).map((entry) => prefix + entry)
  }).join(', ')
}

/** Lets the API call the authorizer's function. */
export function authorizerPermission(
  id: string,
  functionArn: Value,
  apiId: ValueMap,
  more: { partition: string; attributes: ValueMap },
): GeneratedResource {
  return generated(
    id,
    'AWS::Lambda::Permission',
    {
      Action: 'lambda:InvokeFunction',
      FunctionName: functionArn,
      Principal: 'apigateway.amazonaws.com',
      SourceArn: sub(arnText(more.partition, 'execute-api', '${__ApiId__}/authorizers/*'), { __ApiId__: apiId }),
    },
    { attributes: more.attributes },
  )
}
