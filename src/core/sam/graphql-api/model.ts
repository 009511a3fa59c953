import { placeOf } from '../mistakes.ts'
import { invalidResource } from '../refusal.ts'
import type { SamResource } from '../sam-resource.ts'
import { anything, either, fields, flag, listOf, map, mapOf, oneOf, optional, type Read, required, text } from '../shape.ts'

/** What is handed on as it is, whatever it is. */
const given = <N extends string>(...names: readonly N[]) => ofAll(names, optional(anything))
const needed = <N extends string>(...names: readonly N[]) => ofAll(names, required(anything))

function ofAll<N extends string, T>(names: readonly N[], field: T): Record<N, T> {
  return Object.fromEntries(names.map((name) => [name, field])) as Record<N, T>
}

const authorizer = {
  Type: required(oneOf('AWS_IAM', 'API_KEY', 'AWS_LAMBDA', 'OPENID_CONNECT', 'AMAZON_COGNITO_USER_POOLS')),
  LambdaAuthorizer: optional(
    fields({ ...given('AuthorizerResultTtlInSeconds'), ...needed('AuthorizerUri'), ...given('IdentityValidationExpression') }),
  ),
  OpenIDConnect: optional(fields(given('AuthTTL', 'ClientId', 'IatTTL', 'Issuer'))),
  UserPool: optional(fields({ ...given('AppIdClientRegex', 'AwsRegion', 'DefaultAction'), ...needed('UserPoolId') })),
}
const additional = fields(authorizer)
const auth = fields({ ...authorizer, Additional: optional(listOf(additional)) })

const logging = fields(given('CloudWatchLogsRoleArn', 'ExcludeVerboseContent', 'FieldLogLevel'))

const dynamoDb = fields({
  ...needed('TableName'),
  ...given('ServiceRoleArn', 'TableArn'),
  Permissions: optional(listOf(oneOf('Read', 'Write'))),
  ...given('Name', 'Description', 'Region'),
  DeltaSync: optional(fields(needed('BaseTableTTL', 'DeltaSyncTableName', 'DeltaSyncTableTTL'))),
  ...given('UseCallerCredentials', 'Versioned'),
})
const lambda = fields({ ...needed('FunctionArn'), ...given('ServiceRoleArn', 'Name', 'Description') })

const runtime = fields(needed('Name', 'Version'))
const sync = fields({
  ...needed('ConflictDetection'),
  ...given('ConflictHandler'),
  LambdaConflictHandlerConfig: optional(fields(needed('LambdaConflictHandlerArn'))),
})
const pipelineFunction = fields({
  DataSource: optional(either(map, text)),
  Runtime: optional(runtime),
  ...given('InlineCode', 'CodeUri', 'Description', 'MaxBatchSize'),
  Name: optional(text),
  ...given('Id'),
  Sync: optional(sync),
})
const resolver = fields({
  FieldName: optional(text),
  Caching: optional(fields({ ...needed('Ttl'), CachingKeys: optional(listOf(anything)) })),
  ...given('InlineCode', 'CodeUri', 'MaxBatchSize'),
  Pipeline: optional(listOf(text)),
  Runtime: optional(runtime),
  Sync: optional(sync),
})

const graphQLApi = fields({
  Auth: required(auth),
  Tags: optional(map),
  Name: optional(anything),
  XrayEnabled: optional(flag),
  ...given('SchemaInline', 'SchemaUri'),
  Logging: optional(either(logging, flag)),
  DataSources: optional(fields({ DynamoDb: optional(mapOf(dynamoDb)), Lambda: optional(mapOf(lambda)) })),
  Functions: optional(mapOf(pipelineFunction)),
  Resolvers: optional(mapOf(mapOf(resolver))),
  ApiKeys: optional(mapOf(fields(given('ApiKeyId', 'Description', 'ExpiresOn')))),
  DomainName: optional(fields({ ...needed('CertificateArn', 'DomainName'), ...given('Description') })),
  Cache: optional(
    fields({
      ...needed('ApiCachingBehavior', 'Ttl', 'Type'),
      ...given('AtRestEncryptionEnabled', 'TransitEncryptionEnabled'),
    }),
  ),
  ...given('Visibility', 'OwnerContact', 'IntrospectionConfig', 'QueryDepthLimit', 'ResolverCountLimit'),
})

export type GraphQLApiModel = Read<typeof graphQLApi>
export type Authorizer = Read<typeof additional>
export type Logging = Read<typeof logging>
export type DynamoDbSource = Read<typeof dynamoDb>
export type LambdaSource = Read<typeof lambda>
export type PipelineFunction = Read<typeof pipelineFunction>
export type Resolver = Read<typeof resolver>

/** The properties in the form in which they are meant. From here on each member has the type that its place asks for. */
export function readGraphQLApi({ id, properties }: SamResource): GraphQLApiModel {
  const read = graphQLApi(properties, [])
  if ('value' in read) return read.value
  const [first] = read.mistakes
  throw invalidResource(id, `Property '${first!.path.join('.')}' is invalid.`, placeOf(properties, first!))
}
