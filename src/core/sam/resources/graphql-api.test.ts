import { describe, expect, it } from 'vitest'
import { parseTemplate } from '../../template/parse.ts'
import { at, plain, refusalOf, transformed } from '../testing/transformed.ts'
import { transform } from '../transform.ts'

const api = (properties: string, attributes = '') => `Resources:
  Api:
    Type: AWS::Serverless::GraphQLApi
    ${attributes}
    Properties: { ${properties} }
`
const NEEDED = 'Auth: { Type: AWS_IAM }, SchemaInline: "type Query"'
const CODE = 'InlineCode: code, Runtime: { Name: APPSYNC_JS, Version: 1.0.0 }'
const made = (properties: string, attributes?: string) => transformed(api(properties, attributes))
const propertiesOf = (properties: string, id = 'Api') => plain(at(made(properties), id, 'Properties')) as Record<string, unknown>
const getAtt = (id: string, attribute: string) => ({ 'Fn::GetAtt': [id, attribute] })

describe('a GraphQL API', () => {
  it('logs everything, under a role of its own, unless it is told otherwise', () => {
    expect(propertiesOf(NEEDED)['LogConfig']).toEqual({
      FieldLogLevel: 'ALL',
      CloudWatchLogsRoleArn: getAtt('ApiCloudWatchRole', 'Arn'),
    })
    expect(Object.keys(made(`${NEEDED}, Logging: false`))).toEqual(['Api', 'ApiSchema'])
    expect(Object.keys(made(`${NEEDED}, Logging: { CloudWatchLogsRoleArn: arn:role }`))).toEqual(['Api', 'ApiSchema'])
  })

  it('hands all its attributes on to its parts', () => {
    const resources = made(`${NEEDED}, ApiKeys: { Key: {} }`, 'DependsOn: Other\n    Metadata: { a: b }')
    for (const id of ['Api', 'ApiSchema', 'ApiCloudWatchRole', 'ApiKey']) {
      expect(at(resources, id)).toMatchObject({ DependsOn: 'Other', Metadata: { a: 'b' } })
    }
  })

  it('is marked as made by SAM, whatever its tags say', () => {
    expect(propertiesOf(`${NEEDED}, Tags: { 'graphqlapi:createdBy': me, a: b }`)['Tags']).toEqual([
      { Key: 'graphqlapi:createdBy', Value: 'SAM' },
      { Key: 'a', Value: 'b' },
    ])
  })

  it.each([
    ['a flag written as text', 'XrayEnabled: "yes"', { XrayEnabled: true }],
    ['what does not count', 'Visibility: "", QueryDepthLimit: 0, Name: ""', { Name: 'Api' }],
    ['what it does not know', 'Colour: green', {}],
  ])('reads %s', (_name, properties, expected) => {
    const read = propertiesOf(`${NEEDED}, ${properties}`)
    expect(read).toMatchObject(expected)
    for (const name of ['Visibility', 'QueryDepthLimit', 'Colour']) expect(read).not.toHaveProperty(name)
  })
})

describe('authentication', () => {
  it('lets the API call its authorizers, each once for each time it is named', () => {
    const lambda = (arn: string) => `{ Type: AWS_LAMBDA, LambdaAuthorizer: { AuthorizerUri: ${arn} } }`
    const resources = made(`Auth: { Type: AWS_IAM, Additional: [${lambda('arn:a')}, ${lambda('arn:b')}] }, SchemaUri: s3://a/b`)
    const permission = at(resources, 'ApiToLambdaAuthConnector2WriteLambdaPermission', 'Properties')
    expect(permission).toMatchObject({ FunctionName: 'arn:b', Principal: 'appsync.amazonaws.com' })
    expect(at(resources, 'ApiToLambdaAuthConnector1WriteLambdaPermission')).toBeDefined()
  })

  it('has a default action only where it comes first', () => {
    const pool = 'Type: AMAZON_COGNITO_USER_POOLS, UserPool: { UserPoolId: pool, DefaultAction: ALLOW }'
    const { UserPoolConfig, AdditionalAuthenticationProviders } = propertiesOf(
      `Auth: { ${pool}, Additional: [{ ${pool} }] }, SchemaUri: s3://a/b`,
    )
    expect(UserPoolConfig).toEqual({ UserPoolId: 'pool', DefaultAction: 'ALLOW' })
    expect(AdditionalAuthenticationProviders).toEqual([
      { AuthenticationType: 'AMAZON_COGNITO_USER_POOLS', UserPoolConfig: { UserPoolId: 'pool' } },
    ])
  })
})

describe('a data source', () => {
  it('reaches its table under a role of its own, for what it may do there', () => {
    const resources = made(`${NEEDED}, DataSources: { DynamoDb: { Items: { TableName: items, Permissions: [Read] } } }`)
    const source = 'ApiItemsDynamoDBDataSource'
    expect(plain(at(resources, source, 'Properties'))).toEqual({
      Name: 'Items',
      Type: 'AMAZON_DYNAMODB',
      DynamoDBConfig: { AwsRegion: { Ref: 'AWS::Region' }, TableName: 'items' },
      ServiceRoleArn: getAtt(`${source}Role`, 'Arn'),
      ApiId: getAtt('Api', 'ApiId'),
    })
    const statements = at(resources, `${source}ToTableConnectorPolicy`, 'Properties', 'PolicyDocument', 'Statement')
    expect(statements).toHaveLength(1)
  })

  it('needs nothing more where the user names its role', () => {
    const source = '{ Call: { FunctionArn: arn:f, ServiceRoleArn: arn:role } }'
    expect(Object.keys(made(`${NEEDED}, Logging: false, DataSources: { Lambda: ${source} }`))).toEqual([
      'Api',
      'ApiSchema',
      'ApiCallLambdaDataSource',
    ])
  })
})

describe('a resolver', () => {
  const functions = `Functions: { First: { DataSource: none, ${CODE} }, Second: { DataSource: NONE, ${CODE} }, Far: { Id: far } }`

  it('hands on what its functions answer unless it has code', () => {
    const resources = made(`${NEEDED}, ${functions}, Resolvers: { Query: { all: { Pipeline: [First, Far] } } }`)
    const resolver = at(resources, 'ApiQueryall')
    expect(resolver).toMatchObject({ DependsOn: ['ApiSchema'] })
    expect(at(resolver, 'Properties')).toMatchObject({
      FieldName: 'all',
      PipelineConfig: { Functions: [getAtt('ApiFirst', 'FunctionId'), 'far'] },
      Runtime: { Name: 'APPSYNC_JS', RuntimeVersion: '1.0.0' },
    })
    expect(at(resolver, 'Properties', 'Code')).toContain('return ctx.prev.result')
  })

  it('has functions without data share one source', () => {
    const resources = made(`${NEEDED}, ${functions}`)
    expect(Object.keys(resources).filter((id) => id.endsWith('DataSource'))).toEqual(['ApiNoneDataSource'])
    for (const id of ['ApiFirst', 'ApiSecond']) {
      expect(at(resources, id, 'Properties', 'DataSourceName')).toEqual(getAtt('ApiNoneDataSource', 'Name'))
    }
  })
})

const AUTH = 'Auth: { Type: AWS_IAM }'
const additional = (one: string) => `SchemaUri: s3://a/b, Auth: { Type: API_KEY, Additional: [{ Type: API_KEY }, { ${one} }] }`
const step = (properties: string) => `${NEEDED}, Functions: { Step: { ${properties} } }`
const resolver = (properties: string) => `${step(`DataSource: none, ${CODE}`)}, Resolvers: { Query: { all: { ${properties} } } }`

describe('refusals', () => {
  it.each([
    ['Api', `${NEEDED}, DataSources: { Lambda: { Call: {} } }`, "Property 'DataSources.Lambda.Call.FunctionArn' is invalid."],
    ['Api', `${NEEDED}, Cache: { Ttl: 1, Type: T3 }`, "Property 'Cache.ApiCachingBehavior' is invalid."],
    ['Api', `${NEEDED}, Logging: { Ref: Level }`, "Property 'Logging.Ref' is invalid."],
    ['Api', `${NEEDED}, ApiKeys: { Key: { b: 1, a: 1 } }`, "Property 'ApiKeys.Key.a' is invalid."],
    ['Api', `${NEEDED}, Logging: text`, "Type of property 'Logging' is invalid."],
    ['Api', `${NEEDED}, Functions: { Ref: Steps }`, "Property 'Functions.Ref' is invalid."],
    ['Api', 'SchemaInline: type', "Missing required property 'Auth'."],
    ['Api', AUTH, "One of 'SchemaInline' or 'SchemaUri' must be set."],
    ['Api', `${NEEDED}, SchemaUri: s3://a/b`, "Both 'SchemaInline' and 'SchemaUri' cannot be defined at the same time."],
    ['Api', 'SchemaUri: s3://a/b, Auth: { Type: AWS_LAMBDA }', "'LambdaAuthorizer' must be defined if type is 'AWS_LAMBDA'."],
    ['Api', additional('Type: OPENID_CONNECT'), "'OpenIDConnect' must be defined if type is 'OPENID_CONNECT'."],
    [
      'Api',
      additional('Type: OPENID_CONNECT, OpenIDConnect: {}, UserPool: { UserPoolId: pool }'),
      "'Auth.Additional.1' has more than one authentication configuration defined.",
    ],
    ['Api-Key', `${NEEDED}, ApiKeys: { -Key: {} }`, 'Logical ids must be alphanumeric.'],
    ['Step', step(`Id: far, ${CODE}`), "'Id' cannot be defined with other properties in Function."],
    ['Step', step('DataSource: none'), "One of 'InlineCode' or 'CodeUri' must be set."],
    ['Step', step(`CodeUri: s3://a/b, ${CODE}`), "Both 'InlineCode' and 'CodeUri' cannot be defined at the same time."],
    ['Step', step(CODE), "'DataSource' must be set."],
    ['Step', step('DataSource: none, InlineCode: code'), "'Runtime' must be defined as a property in Step."],
    ['all', resolver('Pipeline: [Other]'), "Function 'Other' does not exist."],
    [
      'all',
      resolver('Pipeline: []'),
      "Resolver 'all' must have Pipeline defined. Unit resolvers are not supported. If you need a Unit resolver you can use AppSync resource.",
    ],
  ])('name %s: %s', (id, properties, message) => {
    expect(refusalOf(api(properties))).toBe(`Resource with id [${id}] is invalid. ${message}`)
  })

  it.each([
    ['a member that does not fit', ['Auth: { Type: AWS_IAM }', 'ApiKeys:', '  Key:', '    Colour: green'], 8],
    ['a function', ['Auth: { Type: AWS_IAM }', 'SchemaUri: s3://a/b', 'Functions:', '  Step:', '    DataSource: none'], 9],
    ['an authorizer', ['Auth:', '  Type: AWS_IAM', '  Additional:', '    - Type: AWS_LAMBDA'], 8],
  ])('tell the place of %s', (_name, lines, line) => {
    const text = `Resources:\n  Api:\n    Type: AWS::Serverless::GraphQLApi\n    Properties:\n      ${lines.join('\n      ')}\n`
    const result = transform(parseTemplate(text), { parameters: {}, region: 'eu-central-1' })
    expect(result.ok ? undefined : result.causes[0]?.position?.line).toBe(line)
  })
})
