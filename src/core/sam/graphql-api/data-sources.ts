import type { Value, ValueMap } from '../../template/value.ts'
import type { GeneratedResource, Properties } from '../generated-resource.ts'
import { getAtt, ref, sub } from '../intrinsics.ts'
import { orNothing, truthy } from '../python.ts'
import type { SamResource } from '../sam-resource.ts'
import type { Transformation } from '../transformation.ts'
import { connect } from './connect.ts'
import type { DynamoDbSource, GraphQLApiModel, LambdaSource } from './model.ts'
import { apiId, appSyncRole, part } from './part.ts'

const DATA_SOURCE = 'AWS::AppSync::DataSource'

export interface DataSources {
  readonly resources: GeneratedResource[]
  /** By the key under `DataSources`: the id of the resource whose name functions give. */
  readonly ids: ReadonlyMap<string, string>
}

/** Where functions get their data from, and the roles that let AppSync reach it. */
export function dataSources(
  api: SamResource,
  written: GraphQLApiModel['DataSources'],
  transformation: Transformation,
): DataSources {
  const resources: GeneratedResource[] = []
  const ids = new Map<string, string>()
  const add = (key: string, source: Source) => {
    const made = dataSource(api, source, transformation)
    resources.push(...made)
    ids.set(key, made[0]!.id)
  }
  for (const [key, table] of Object.entries(written?.DynamoDb ?? {})) add(key, tableSource(key, table))
  for (const [key, fn] of Object.entries(written?.Lambda ?? {})) add(key, functionSource(key, fn))
  return { resources, ids }
}

/** One data source as AppSync has it, and what it has to be let do unless the user gives it a role. */
interface Source {
  readonly name: string
  readonly properties: Properties
  readonly ownRole: Value | undefined
  readonly connector: string
  readonly destination: ValueMap
  readonly permissions: string[]
}

function tableSource(key: string, table: DynamoDbSource): Source {
  const { Name, Description, TableName, TableArn, Permissions, UseCallerCredentials, Versioned, DeltaSync } = table
  const region = truthy(table.Region) ? table.Region! : ref('AWS::Region')
  return {
    name: `${key}DynamoDBDataSource`,
    properties: {
      Name: truthy(Name) ? Name! : key,
      Type: 'AMAZON_DYNAMODB',
      Description,
      DynamoDBConfig: {
        AwsRegion: region,
        TableName,
        ...(truthy(UseCallerCredentials) && { UseCallerCredentials: UseCallerCredentials! }),
        ...(truthy(Versioned) && { Versioned: Versioned! }),
        ...(DeltaSync && { DeltaSyncConfig: DeltaSync }),
      },
    },
    ownRole: table.ServiceRoleArn,
    connector: 'ToTableConnector',
    destination: { Type: 'AWS::DynamoDB::Table', Arn: truthy(TableArn) ? TableArn! : tableArn(TableName, region) },
    permissions: orNothing(Permissions) ?? ['Read', 'Write'],
  }
}

function tableArn(name: Value, region: Value): ValueMap {
  return sub('arn:${AWS::Partition}:dynamodb:${__Region__}:${AWS::AccountId}:table/${__TableName__}', {
    __TableName__: name,
    __Region__: region,
  })
}

function functionSource(key: string, { Name, Description, FunctionArn, ServiceRoleArn }: LambdaSource): Source {
  return {
    name: `${key}LambdaDataSource`,
    properties: {
      Name: truthy(Name) ? Name! : key,
      Type: 'AWS_LAMBDA',
      Description,
      LambdaConfig: { LambdaFunctionArn: FunctionArn },
    },
    ownRole: ServiceRoleArn,
    connector: 'ToLambdaConnector',
    destination: { Type: 'AWS::Lambda::Function', Arn: FunctionArn },
    permissions: ['Write'],
  }
}

/** The data source, with a role that a connector lets reach the destination where the user names none. */
function dataSource(api: SamResource, source: Source, transformation: Transformation): GeneratedResource[] {
  const { name, ownRole, connector, destination: Destination, permissions: Permissions } = source
  const resource = part(api, name, DATA_SOURCE, { ...source.properties, ApiId: apiId(api) })
  if (truthy(ownRole)) {
    resource.properties['ServiceRoleArn'] = ownRole
    return [resource]
  }
  const role = appSyncRole(api, `${name}Role`)
  resource.properties['ServiceRoleArn'] = getAtt(role.id, 'Arn')
  const Source = { Type: DATA_SOURCE, Arn: getAtt(resource.id, 'DataSourceArn'), RoleName: ref(role.id) }
  return [resource, role, ...connect(`${resource.id}${connector}`, { Source, Destination, Permissions }, transformation)]
}

/** The data source of functions that need none. */
export function noneDataSource(api: SamResource): GeneratedResource {
  return part(api, 'NoneDataSource', DATA_SOURCE, { ApiId: apiId(api), Name: `${api.id}NoneDataSource`, Type: 'NONE' })
}
