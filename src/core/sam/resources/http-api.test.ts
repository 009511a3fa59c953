import { describe, expect, it } from 'vitest'
import { refusalOf } from '../testing/transformed.ts'

const api = (properties: string, event = '') => `Resources:
  Api:
    Type: AWS::Serverless::HttpApi
    Properties: { ${properties} }
  Function:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: code
      Handler: index.handler
      Runtime: nodejs22.x
      ${event && `Events: { Route: { Type: HttpApi, Properties: { ApiId: !Ref Api, Path: /a, Method: get, ${event} } } }`}
`
const body = (more: string) => `DefinitionBody: { openapi: 3.0.1, paths: {}, ${more} }`
const unable = (why: string) =>
  `Resource with id [Function] is invalid. Event with id [Route] is invalid. Unable to set Authorizer [Mine] on API method [get] for path [/a]${why}`
const jwt = (name: string) => `${name}: { JwtConfiguration: { issuer: me } }`
const unheardOf = (name: string) =>
  `Resource with id [Api] is invalid. property ${name} not defined for resource of type AWS::Serverless::HttpApi`
const noSource = (name: string) => `Resource with id [Api] is invalid. ${name} OAuth2 Authorizer must define 'IdentitySource'.`

describe('an HTTP API is refused', () => {
  it.each([
    [
      'for servers that are no list',
      api(`DisableExecuteApiEndpoint: true, ${body('servers: { url: here }')}`),
      "Structure of the SAM template is invalid. Value of 'servers' item must be a dictionary according to Swagger spec.",
    ],
    [
      'for a route with an authorizer where it has no `Auth`',
      api('', 'Auth: { Authorizer: Mine }'),
      unable(' because the related API does not define any Authorizers.'),
    ],
    [
      'for a route with an authorizer where its `Auth` has none',
      api('Auth: { EnableIamAuthorizer: true }', 'Auth: { Authorizer: Mine }'),
      unable('. The method authorizer must be a string with a corresponding dict entry in the api authorizer.'),
    ],
    [
      'for a document without a version that it has a name for',
      api('Name: me, DefinitionBody: { info: { title: !Ref AWS::StackName } }'),
      "Structure of the SAM template is invalid. Invalid OpenApi document. Invalid values or missing keys for 'openapi' or 'paths' in 'DefinitionBody'.",
    ],
    [
      'for components that are no map, even where there are none',
      api(body('components: []')),
      "Structure of the SAM template is invalid. Invalid OpenApi document: The value of 'components' should be a map",
    ],
    [
      'for a map as tags',
      api(body("tags: { name: 'tag1' }")),
      "Structure of the SAM template is invalid. Tags in OpenApi DefinitionBody needs to be a list. {'name': 'tag1'} is a dict not a list.",
    ],
    [
      'for tags that are text, as it is written',
      api(body('tags: one')),
      'Structure of the SAM template is invalid. Tags in OpenApi DefinitionBody needs to be a list. one is a str not a list.',
    ],
    [
      'for a map as tags beside a REST API',
      `${api(body("tags: { name: 'tag1' }"))}  Rest: { Type: AWS::Serverless::Api, Properties: { StageName: live } }`,
      "Structure of the SAM template is invalid. Tags in OpenApi DefinitionBody needs to be a list. {'name': 'tag1'} is a Py27Dict not a list.",
    ],
    ['for the first property that there is not', api('Key: k, Bucket: b'), unheardOf('Key')],
    [
      'for the first in the order of Python 2 beside a REST API',
      `${api('Key: k, Bucket: b')}  Rest: { Type: AWS::Serverless::Api, Properties: { StageName: live } }`,
      unheardOf('Bucket'),
    ],
    [
      'for a base path before a zone',
      api(`${body('')}, Domain: { DomainName: a.b, CertificateArn: arn:c, BasePath: $, Route53: {} }`),
      'Resource with id [Api] is invalid. Invalid Basepath name provided.',
    ],
    [
      'for the first of its authorizers',
      api(`${body('')}, Auth: { Authorizers: { ${jwt('Late')}, ${jwt('Early')} } }`),
      noSource('Late'),
    ],
    [
      'for the first in the order of Python 2, where it has a default',
      api(`${body('')}, Auth: { DefaultAuthorizer: Lam, Authorizers: { ${jwt('Other')}, ${jwt('Lam')} } }`),
      noSource('Lam'),
    ],
    [
      'for settings of routes that an event cannot add to',
      api('RouteSettings: text', 'RouteSettings: { ThrottlingBurstLimit: 3 }'),
      "Resource with id [Api] is invalid. Property 'RouteSettings' should be a map.",
    ],
  ])('%s', (_name, template, message) => {
    expect(refusalOf(template)).toBe(message)
  })
})
