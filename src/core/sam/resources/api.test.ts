import { describe, expect, it } from 'vitest'
import { refusalOf } from '../testing/transformed.ts'

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
