import { positionOf } from '../../template/position.ts'
import type { Value, ValueList, ValueMap } from '../../template/value.ts'
import type { GeneratedResource, Properties } from '../generated-resource.ts'
import { ref } from '../intrinsics.ts'
import { truthy } from '../python.ts'
import { invalidResource } from '../refusal.ts'
import type { SamResource } from '../sam-resource.ts'
import type { Transformation } from '../transformation.ts'
import { connect } from './connect.ts'
import type { Authorizer, GraphQLApiModel } from './model.ts'
import { apiId } from './part.ts'

export interface Authentication {
  readonly properties: Properties
  /** The functions that say who may call, by what the template names them with. */
  readonly functions: readonly Value[]
}

/** Who may call the API: one way that is always there, and others beside it. */
export function authentication({ id }: SamResource, { Additional, ...main }: GraphQLApiModel['Auth']): Authentication {
  const own = authorizerConfig(id, main)
  const others = (Additional ?? []).map((one, index) => ({ type: one.Type, config: authorizerConfig(id, one, index) }))
  const providers: ValueList = others.map(({ type, config }) => ({ AuthenticationType: type, ...config }))
  return {
    properties: {
      AuthenticationType: main.Type,
      ...own,
      AdditionalAuthenticationProviders: providers.length > 0 ? providers : undefined,
    },
    functions: [own, ...others.map(({ config }) => config)].flatMap(({ LambdaAuthorizerConfig: lambda }) =>
      lambda ? [lambda['AuthorizerUri']!] : [],
    ),
  }
}

type Config = Record<string, ValueMap> & { LambdaAuthorizerConfig?: ValueMap }

/** The settings of one way to authenticate, under the name that AppSync has for them. */
function authorizerConfig(id: string, authorizer: Authorizer, index?: number): Config {
  const { Type, LambdaAuthorizer, OpenIDConnect, UserPool } = authorizer
  const refuse = (text: string) => invalidResource(id, text, positionOf(authorizer))
  if (Object.keys(authorizer).length > 2) {
    // AWS takes the first of the additional ones for the main one here.
    const path = index ? `Auth.Additional.${index}` : 'Auth'
    throw refuse(`'${path}' has more than one authentication configuration defined.`)
  }
  const needed = (config: ValueMap | undefined, name: string): ValueMap => {
    if (config) return config
    throw refuse(`'${name}' must be defined if type is '${Type}'.`)
  }
  if (Type === 'AWS_LAMBDA') return { LambdaAuthorizerConfig: needed(LambdaAuthorizer, 'LambdaAuthorizer') }
  if (Type === 'OPENID_CONNECT') {
    const OpenIDConnectConfig = needed(OpenIDConnect, 'OpenIDConnect')
    return truthy(OpenIDConnectConfig) ? { OpenIDConnectConfig } : {}
  }
  if (Type !== 'AMAZON_COGNITO_USER_POOLS') return {}
  const { DefaultAction, ...pool } = needed(UserPool, 'UserPool')
  // Only the main way decides what happens to a caller whom the pool knows.
  return { UserPoolConfig: index === undefined && DefaultAction !== undefined ? { ...pool, DefaultAction } : pool }
}

/** Lets the API call the functions that authorize. */
export function authorizerPermissions(
  api: SamResource,
  { functions }: Authentication,
  transformation: Transformation,
): GeneratedResource[] {
  return functions.flatMap((arn, index) =>
    connect(
      `${api.id}ToLambdaAuthConnector${index + 1}`,
      {
        Source: { Type: 'AWS::AppSync::GraphQLApi', Arn: ref(api.id), ResourceId: apiId(api) },
        Destination: { Type: 'AWS::Lambda::Function', Arn: arn },
        Permissions: ['Write'],
      },
      transformation,
    ),
  )
}
