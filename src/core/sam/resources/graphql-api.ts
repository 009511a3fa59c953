import type { ValueMap } from '../../template/value.ts'
import type { GeneratedResource } from '../generated-resource.ts'
import { type Authentication, authentication, authorizerPermissions } from '../graphql-api/auth.ts'
import { dataSources } from '../graphql-api/data-sources.ts'
import { functions } from '../graphql-api/functions.ts'
import { type GraphQLApiModel, type Logging, readGraphQLApi } from '../graphql-api/model.ts'
import { apiId, appSyncRole, part } from '../graphql-api/part.ts'
import { resolvers } from '../graphql-api/resolvers.ts'
import { getAtt, ref, sub } from '../intrinsics.ts'
import { anything, flagOrMap, literal, map, required, text } from '../properties.ts'
import { orNothing, truthy } from '../python.ts'
import { invalidResource } from '../refusal.ts'
import type { SamResource, SamResourceType } from '../sam-resource.ts'
import { tagList } from '../tags.ts'

const properties = {
  Name: anything,
  Tags: literal(map),
  XrayEnabled: anything,
  Auth: required(literal(map)),
  SchemaInline: literal(text),
  SchemaUri: literal(text),
  Logging: literal(flagOrMap),
  DataSources: literal(map),
  Functions: literal(map),
  Resolvers: literal(map),
  ApiKeys: literal(map),
  DomainName: literal(map),
  Cache: literal(map),
  Visibility: anything,
  OwnerContact: anything,
  IntrospectionConfig: anything,
  QueryDepthLimit: anything,
  ResolverCountLimit: anything,
}

/** An API of AppSync with its schema, its keys, its domain, and what answers its fields. */
export const graphQLApi: SamResourceType = {
  type: 'AWS::Serverless::GraphQLApi',
  properties,

  /** AWS takes no notice of what it does not know here. */
  prepare(_id, written) {
    for (const name of Object.keys(written)) if (!Object.hasOwn(properties, name)) delete written[name]
  },

  transform(api, transformation) {
    const model = readGraphQLApi(api)
    const auth = authentication(api, model.Auth)
    const log = logging(api, model.Logging)
    const resource = appSyncApi(api, model, auth, log)
    const schema = schemaOf(api, model)
    const permissions = authorizerPermissions(api, auth, transformation)
    // In this order, in which AWS comes upon what is wrong with the parts.
    const own = [...(log?.role ? [log.role] : []), ...keys(api, model.ApiKeys), ...cache(api, model.Cache)]
    const sources = dataSources(api, model.DataSources, transformation)
    const domainName = domain(api, model.DomainName)
    const steps = functions(api, model.Functions, sources.ids)
    const answers = resolvers(api, model.Resolvers, steps.ids, schema)
    return [
      resource,
      schema,
      ...permissions,
      ...own,
      ...sources.resources,
      ...domainName,
      ...steps.resources,
      ...answers,
      ...(steps.none ? [steps.none] : []),
    ]
  },
}

const IF_GIVEN = ['Visibility', 'OwnerContact', 'IntrospectionConfig', 'QueryDepthLimit', 'ResolverCountLimit'] as const

function appSyncApi(
  api: SamResource,
  model: GraphQLApiModel,
  { properties }: Authentication,
  log: Log | undefined,
): GeneratedResource {
  return part(api, '', 'AWS::AppSync::GraphQLApi', {
    Name: truthy(model.Name) ? model.Name : api.id,
    XrayEnabled: model.XrayEnabled,
    ...Object.fromEntries(IF_GIVEN.map((name) => [name, orNothing(model[name])])),
    ...properties,
    Tags: tagList({ ...model.Tags, 'graphqlapi:createdBy': 'SAM' }),
    LogConfig: log?.config,
  })
}

interface Log {
  readonly config: ValueMap
  readonly role?: GeneratedResource
}

const PUSH_TO_LOGS = `arn:\${AWS::Partition}:iam::aws:policy/service-role/AWSAppSyncPushToCloudWatchLogs`

/** What the API writes to CloudWatch Logs: everything, unless the user says otherwise. */
function logging(api: SamResource, written: Logging | boolean | undefined): Log | undefined {
  if (written === false) return undefined
  const { ExcludeVerboseContent, FieldLogLevel, CloudWatchLogsRoleArn } = written === true ? {} : (written ?? {})
  const config: ValueMap = {
    ...(truthy(ExcludeVerboseContent) && { ExcludeVerboseContent: ExcludeVerboseContent! }),
    FieldLogLevel: truthy(FieldLogLevel) ? FieldLogLevel! : 'ALL',
  }
  if (truthy(CloudWatchLogsRoleArn)) return { config: { ...config, CloudWatchLogsRoleArn: CloudWatchLogsRoleArn! } }
  const role = appSyncRole(api, 'CloudWatchRole', { ManagedPolicyArns: [sub(PUSH_TO_LOGS)] })
  return { config: { ...config, CloudWatchLogsRoleArn: getAtt(role.id, 'Arn') }, role }
}

function schemaOf(api: SamResource, { SchemaInline, SchemaUri }: GraphQLApiModel): GeneratedResource {
  if (!truthy(SchemaInline) && !truthy(SchemaUri)) {
    throw invalidResource(api.id, "One of 'SchemaInline' or 'SchemaUri' must be set.")
  }
  if (truthy(SchemaInline) && truthy(SchemaUri)) {
    throw invalidResource(api.id, "Both 'SchemaInline' and 'SchemaUri' cannot be defined at the same time.")
  }
  return part(api, 'Schema', 'AWS::AppSync::GraphQLSchema', {
    ApiId: apiId(api),
    Definition: SchemaInline,
    DefinitionS3Location: SchemaUri,
  })
}

function keys(api: SamResource, written: GraphQLApiModel['ApiKeys']): GeneratedResource[] {
  return Object.entries(written ?? {}).map(([name, { ApiKeyId, Description, ExpiresOn }]) =>
    part(api, name, 'AWS::AppSync::ApiKey', { ApiId: apiId(api), ApiKeyId, Description, Expires: ExpiresOn }),
  )
}

function cache(api: SamResource, written: GraphQLApiModel['Cache']): GeneratedResource[] {
  return written ? [part(api, 'ApiCache', 'AWS::AppSync::ApiCache', { ApiId: apiId(api), ...written })] : []
}

function domain(api: SamResource, written: GraphQLApiModel['DomainName']): GeneratedResource[] {
  if (!written) return []
  const name = part(api, 'DomainName', 'AWS::AppSync::DomainName', { ...written })
  const association = { ApiId: apiId(api), DomainName: ref(name.id) }
  return [name, part(api, 'DomainNameApiAssociation', 'AWS::AppSync::DomainNameApiAssociation', association)]
}
