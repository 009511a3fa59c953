import { isList, type Value, type ValueList, type ValueMap } from '../../template/value.ts'
import type { Partition } from '../arn.ts'
import { expectFlag, expectMap, expectTexts, ofProperty } from '../expect.ts'
import { truthy } from '../python.ts'
import { orderedEntries } from '../python2/ordered-entries.ts'
import { invalidResource } from '../refusal.ts'
import { IAM_AUTHORIZER } from './iam.ts'
import { authorizerUri } from './lambda.ts'

/** An authorizer of an HTTP API, as `Auth.Authorizers` describes it. */
export interface HttpAuthorizer {
  readonly apiId: string
  readonly name: string
  readonly kind: 'iam' | 'jwt' | 'lambda'
  readonly settings: ValueMap
}

/** Those of `Auth.Authorizers`, and IAM's where it is enabled. Refuses the first that is not described as it must be. */
export function readHttpAuthorizers(apiId: string, { Authorizers: written, EnableIamAuthorizer }: ValueMap): HttpAuthorizer[] {
  const iam: HttpAuthorizer[] = EnableIamAuthorizer === true ? [{ apiId, name: 'AWS_IAM', kind: 'iam', settings: {} }] : []
  if (!truthy(written)) return iam
  const own = orderedEntries(expectMap(written, ofProperty(apiId), 'Auth.Authorizers')).map(([name, settings]) =>
    readHttpAuthorizer(apiId, name, expectMap(settings, ofProperty(apiId), `Auth.Authorizers.${name}`)),
  )
  return [...iam.filter(({ name }) => !own.some((authorizer) => authorizer.name === name)), ...own]
}

const OAUTH2 = 'OAuth2 Authorizer'
const LAMBDA = 'Lambda Authorizer'
const ONLY_FOR: readonly [property: string, kind: HttpAuthorizer['kind'], words: string][] = [
  ['AuthorizationScopes', 'jwt', OAUTH2],
  ['JwtConfiguration', 'jwt', OAUTH2],
  ['IdentitySource', 'jwt', `${OAUTH2}. For Lambda Authorizer, use the 'Identity' property instead`],
  ['FunctionArn', 'lambda', LAMBDA],
  ['FunctionInvokeRole', 'lambda', LAMBDA],
  ['Identity', 'lambda', LAMBDA],
  ['AuthorizerPayloadFormatVersion', 'lambda', LAMBDA],
  ['EnableSimpleResponses', 'lambda', LAMBDA],
  ['EnableFunctionDefaultPermissions', 'lambda', LAMBDA],
]

function readHttpAuthorizer(apiId: string, name: string, settings: ValueMap): HttpAuthorizer {
  const refuse = (text: string) => invalidResource(apiId, text)
  if (Object.hasOwn(settings, 'OpenIdConnectUrl')) {
    throw refuse(
      `'OpenIdConnectUrl' is no longer a supported property for authorizer '${name}'. Please refer to the AWS SAM documentation.`,
    )
  }
  const jwt = settings['JwtConfiguration']
  if (truthy(jwt)) expectMap(jwt, ofProperty(apiId), 'JwtConfiguration')
  const kind = truthy(jwt) ? 'jwt' : 'lambda'
  const scopes = settings['AuthorizationScopes'] ?? null
  if (scopes !== null && !isList(scopes)) throw refuse('AuthorizationScopes must be a list.')
  for (const [property, only, words] of ONLY_FOR) {
    const value = property === 'JwtConfiguration' && !truthy(jwt) ? null : (settings[property] ?? null)
    if (value !== null && only !== kind) throw refuse(`${property} is only supported for ${words}.`)
  }
  if (kind === 'jwt' && !truthy(settings['IdentitySource'])) {
    throw refuse(`${name} OAuth2 Authorizer must define 'IdentitySource'.`)
  }
  for (const property of kind === 'lambda' ? ['FunctionArn', 'AuthorizerPayloadFormatVersion'] : []) {
    if (!truthy(settings[property])) throw refuse(`${name} Lambda Authorizer must define '${property}'.`)
  }
  const permitted = settings['EnableFunctionDefaultPermissions'] ?? null
  if (permitted !== null) expectFlag(permitted, ofProperty(apiId), `Authorizers.${name}.EnableFunctionDefaultPermissions`)
  return { apiId, name, kind, settings }
}

/** The authorizer as a security scheme of the API's document. */
export function securityScheme(authorizer: HttpAuthorizer, partition: Partition): ValueMap {
  const { settings, kind } = authorizer
  if (kind === 'iam') return { ...IAM_AUTHORIZER }
  if (kind === 'lambda') return lambdaScheme(authorizer, partition)
  const jwt = Object.entries(settings['JwtConfiguration'] as ValueMap).map(([key, value]) => [key.toLowerCase(), value])
  return {
    type: 'oauth2',
    'x-amazon-apigateway-authorizer': {
      jwtConfiguration: Object.fromEntries(jwt) as ValueMap,
      identitySource: settings['IdentitySource']!,
      type: 'jwt',
    },
  }
}

function lambdaScheme({ apiId, name, settings }: HttpAuthorizer, partition: Partition): ValueMap {
  const { FunctionInvokeRole: role, Identity: written, EnableSimpleResponses: simple } = settings
  const identity = truthy(written) ? expectMap(written, ofProperty(apiId), `Auth.Authorizers.${name}.Identity`) : undefined
  const seconds = identity?.['ReauthorizeEvery'] ?? undefined
  return {
    type: 'apiKey',
    name: 'Unused',
    in: 'header',
    'x-amazon-apigateway-authorizer': {
      type: 'request',
      authorizerUri: authorizerUri(settings['FunctionArn']!, partition),
      ...(truthy(role) && role !== 'NONE' && { authorizerCredentials: role! }),
      ...(seconds !== undefined && { authorizerResultTtlInSeconds: seconds }),
      ...(identity && { identitySource: identitySource(apiId, name, identity) }),
      authorizerPayloadFormatVersion: settings['AuthorizerPayloadFormatVersion']!,
      ...(truthy(simple) && { enableSimpleResponses: simple! }),
    },
  }
}

const SOURCES = [
  ['Headers', '$request.header.'],
  ['QueryStrings', '$request.querystring.'],
  ['StageVariables', '$stageVariables.'],
  ['Context', '$context.'],
] as const

function identitySource(apiId: string, name: string, identity: ValueMap): ValueList {
  return SOURCES.flatMap(([source, prefix]): Value[] => {
    if (!truthy(identity[source])) return []
    const path = `Authorizers.${name}.Identity.${source}`
    return expectTexts(identity[source], ofProperty(apiId), path).map((entry) => prefix + entry)
  })
}
