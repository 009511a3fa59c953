import type { Value, ValueMap } from '../../template/value.ts'
import type { GeneratedResource } from '../generated-resource.ts'
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
  const add = (key: string, [source, ...more]: GeneratedResource[]) => {
    resources.push(source!, ...more)
    ids.set(key, source!.id)
  }
  for (const [key, one] of Object.entries(written?.DynamoDb ?? {})) add(key, tableSource(api, key, one, transformation))
  for (const [key, one] of Object.entries(written?.Lambda ?? {})) add(key, functionSource(api, key, one, transformation))
  return { resources, ids }
}

function tableSource(api: SamResource, key: string, table: DynamoDbSource, transformation: Transformation): GeneratedResource[] {
  const { Name, Description, ServiceRoleArn, TableArn, Permissions } = table
  const region = truthy(table.Region) ? table.Region! : ref('AWS::Region')
  return dataSource(
    api,
    `${key}DynamoDBDataSource`,
    {
      Name: truthy(Name) ? Name! : key,
      Type: 'AMAZON_DYNAMODB',
      Description,
      DynamoDBConfig: {
        AwsRegion: region,
        TableName: table.TableName,
        ...(truthy(table.UseCallerCredentials) && { UseCallerCredentials: table.UseCallerCredentials! }),
        ...(truthy(table.Versioned) && { Versioned: table.Versioned! }),
        ...(table.DeltaSync && { DeltaSyncConfig: table.DeltaSync }),
      },
    },
    ServiceRoleArn,
    {
      name: 'ToTableConnector',
      to: 'AWS::DynamoDB::Table',
      arn: truthy(TableArn) ? TableArn! : tableArn(table.TableName, region),
      permissions: orNothing(Permissions) ?? ['Read', 'Write'],
    },
    transformation,
  )
}

function tableArn(name: Value, region: Value): ValueMap {
  return sub(`arn:\${AWS::Partition}:dynamodb:\${__Region__}:\${AWS::AccountId}:table/\${__TableName__}`, {
    __TableName__: name,
    __Region__: region,
  })
}

function functionSource(
  api: SamResource,
  key: string,
  source: LambdaSource,
  transformation: Transformation,
): GeneratedResource[] {
  const { Name, Description, FunctionArn, ServiceRoleArn } = source
  return dataSource(
    api,
    `${key}LambdaDataSource`,
    {
      Name: truthy(Name) ? Name! : key,
      Type: 'AWS_LAMBDA',
      Description,
      LambdaConfig: { LambdaFunctionArn: FunctionArn },
    },
    ServiceRoleArn,
    { name: 'ToLambdaConnector', to: 'AWS::Lambda::Function', arn: FunctionArn, permissions: ['Write'] },
    transformation,
  )
}

/** What a data source has to reach. */
interface Reached {
  readonly name: string
  readonly to: string
  readonly arn: Value
  readonly permissions: string[]
}

/** The data source, and what it needs where the user gives it no role. */
function dataSource(
  api: SamResource,
  name: string,
  properties: Record<string, Value | undefined>,
  ownRole: Value | undefined,
  { name: connectorName, to, arn, permissions }: Reached,
  transformation: Transformation,
): GeneratedResource[] {
  const source = part(api, name, DATA_SOURCE, { ...properties, ApiId: apiId(api) })
  if (truthy(ownRole)) {
    source.properties['ServiceRoleArn'] = ownRole
    return [source]
  }
  const role = appSyncRole(api, `${name}Role`)
  source.properties['ServiceRoleArn'] = getAtt(role.id, 'Arn')
  const connection = {
    Source: { Type: DATA_SOURCE, Arn: getAtt(source.id, 'DataSourceArn'), RoleName: ref(role.id) },
    Destination: { Type: to, Arn: arn },
    Permissions: permissions,
  }
  return [source, role, ...connect(`${source.id}${connectorName}`, connection, transformation)]
}

/** The data source of functions that need none. */
export function noneDataSource(api: SamResource): GeneratedResource {
  return part(api, 'NoneDataSource', DATA_SOURCE, { ApiId: apiId(api), Name: `${api.id}NoneDataSource`, Type: 'NONE' })
}
