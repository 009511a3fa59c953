import { describe, expect, it } from 'vitest'
import { at, plain, refusalOf, transformed } from '../testing/transformed.ts'

const api = (properties: string) => `Resources:
  Api:
    Type: AWS::Serverless::Api
    ${properties}
`
const withBody = (body: string, more = '') => api(`Properties: { StageName: prod, DefinitionBody: { ${body} }, ${more} }`)
const OPENAPI = "openapi: '3.0.1', paths: { /: { get: {} } }"

describe('an API', () => {
  it('without properties takes no methods of events, so that only its own mistake is told', () => {
    const fn = `  Fn:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: x
      Handler: h
      Runtime: nodejs22.x
      Events: { Get: { Type: Api, Properties: { RestApiId: !Ref Api, Path: /, Method: get, Auth: { Authorizer: A } } } }
`
    expect(refusalOf(`${api('DependsOn: Fn')}${fn}`)).toBe(
      "Resource with id [Api] is invalid. Missing required property 'StageName'.",
    )
  })

  it('refuses an `Auth` that a parameter makes a text of', () => {
    const template = `${api('Properties: { StageName: prod, Auth: !Ref Auth }')}Parameters: { Auth: { Type: String, Default: a } }`
    expect(refusalOf(template)).toBe("Resource with id [Api] is invalid. Invalid value for 'Auth' property")
  })

  it('leaves parameters in the role of a method as they are', () => {
    const fn = `  Fn:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: x
      Handler: h
      Runtime: nodejs22.x
      Events: { Get: { Type: Api, Properties: { RestApiId: !Ref Api, Path: /, Method: get } } }
`
    const auth = "Properties: { StageName: prod, Auth: { DefaultAuthorizer: AWS_IAM, InvokeRole: !Sub 'arn:${Role}' } }"
    const resources = transformed(`${api(auth)}${fn}Parameters: { Role: { Type: String, Default: r } }`)
    const integration = at(resources, 'Api', 'Properties', 'Body', 'paths', '/', 'get', 'x-amazon-apigateway-integration')
    expect(plain(at(integration, 'credentials'))).toEqual({ 'Fn::Sub': 'arn:${Role}' })
  })

  it.each([
    ['a map', '{ a: b }'],
    ['a text', 'text'],
    ['a list of texts', '[text]'],
  ])('refuses to disable the endpoint of servers that are %s', (_, servers) => {
    expect(refusalOf(withBody(`${OPENAPI}, servers: ${servers}`, 'DisableExecuteApiEndpoint: true'))).toBe(
      "Structure of the SAM template is invalid. Invalid OpenAPI definition of 'servers[0]': It should be a map.",
    )
  })
})
