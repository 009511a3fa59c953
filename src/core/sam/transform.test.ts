import { describe, expect, it } from 'vitest'
import { parseTemplate } from '../template/parse.ts'
import { positionOf } from '../template/position.ts'
import { at, plain, transformed } from './testing/transformed.ts'
import { transform } from './transform.ts'

const context = { parameters: {}, region: 'eu-central-1' }

const privateApi = (auth: string, events = '') => `
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: live
      EndpointConfiguration: { Type: PRIVATE, VPCEndpointIds: [vpce-1] }
      Auth: { ResourcePolicy: ${auth} }
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs22.x
      CodeUri: s3://bucket/key
      ${events}
`
const EVENT = `Events:
        Get:
          Type: Api
          Properties: { Path: '/entities/{id}', Method: get, RestApiId: !Ref Api }`

const POLICY = ['Api', 'Properties', 'Body', 'x-amazon-apigateway-policy']

describe('a private API', () => {
  it('has its endpoints and its type', () => {
    const resources = transformed(privateApi('{ IntrinsicVpceWhitelist: [vpce-1] }', EVENT))
    expect(plain(at(resources, 'Api', 'Properties', 'EndpointConfiguration'))).toEqual({
      Types: ['PRIVATE'],
      VpcEndpointIds: ['vpce-1'],
    })
    expect(plain(at(resources, 'Api', 'Properties', 'Parameters'))).toEqual({ endpointConfigurationTypes: 'PRIVATE' })
  })

  it('denies whoever does not come through the endpoints of its whitelist', () => {
    const resources = transformed(privateApi('{ IntrinsicVpceWhitelist: [vpce-1] }', EVENT))
    const Resource = [{ 'Fn::Sub': ['execute-api:/${__Stage__}/GET/entities/*', { __Stage__: 'live' }] }]
    const statement = { Action: 'execute-api:Invoke', Principal: '*', Resource }
    expect(plain(at(resources, ...POLICY, 'Statement'))).toEqual([
      { ...statement, Effect: 'Allow' },
      { ...statement, Effect: 'Deny', Condition: { StringNotEquals: { 'aws:SourceVpce': ['vpce-1'] } } },
    ])
  })

  it.each([
    ['no policy where no path is', '{ IntrinsicVpceWhitelist: [vpce-1] }', '', undefined],
    [
      'both kinds of networks in one condition',
      '{ SourceVpcWhitelist: [vpc-1, vpce-2, neither] }',
      EVENT,
      { StringNotEquals: { 'aws:SourceVpc': ['vpc-1'], 'aws:SourceVpce': ['vpce-2'] } },
    ],
    [
      'the letters of a text that is no list',
      '{ IntrinsicVpceWhitelist: vpc }',
      EVENT,
      { StringNotEquals: { 'aws:SourceVpce': ['v', 'p', 'c'] } },
    ],
    [
      'the word Ref for a scalar reference to a resource',
      '{ IntrinsicVpceWhitelist: !Ref Endpoint }',
      EVENT,
      { StringNotEquals: { 'aws:SourceVpce': ['Ref'] } },
    ],
  ])('falls into the traps of AWS: %s', (_name, policy, events, condition) => {
    const resources = transformed(privateApi(policy, events))
    expect(plain(at(resources, ...POLICY, 'Statement', 1, 'Condition'))).toEqual(condition)
  })

  it('keeps one statement of the user as it is written, without any path', () => {
    const resources = transformed(privateApi('{ CustomStatements: { Effect: Deny } }'))
    expect(plain(at(resources, ...POLICY))).toEqual({ Version: '2012-10-17', Statement: { Effect: 'Deny' } })
  })
})

describe('places in the text', () => {
  it('stay with what the user wrote, and are given to what is generated', () => {
    const resources = transformed(privateApi('{ CustomStatements: { Effect: Deny } }', EVENT))
    expect(positionOf(resources['Function'])?.line).toBe(10)
    expect(positionOf(resources['FunctionRole'])?.line).toBe(10)
    expect(positionOf(at(resources, ...POLICY, 'Statement'))?.line).toBe(8)
    expect(positionOf(at(resources, 'Api', 'Properties', 'EndpointConfiguration'))?.line).toBe(7)
  })

  it.each([
    ['a property', 'Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Unheard: 1\n', 5],
    [
      'an event',
      'Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Events:\n        E:\n          Type: Never\n',
      7,
    ],
    ['a section of Globals', 'Globals:\n  Nothing: {}\nResources:\n  T: { Type: AWS::SNS::Topic }\n', 2],
  ])('are told of %s that is refused', (_name, text, line) => {
    const result = transform(parseTemplate(text), context)
    expect(result.ok).toBe(false)
    if (!result.ok) expect(result.causes[0]?.position?.line).toBe(line)
  })
})

describe('refusals', () => {
  it('come together, sorted by resource, each once', () => {
    const wrong = (id: string) => `  ${id}: { Type: AWS::Serverless::Function, Properties: { Handler: a, Runtime: b } }\n`
    const result = transform(parseTemplate(`Resources:\n${wrong('B')}${wrong('A')}`), context)
    expect(result.ok ? '' : result.message).toBe(
      'Invalid Serverless Application Specification document. Number of errors found: 2. ' +
        "Resource with id [A] is invalid. Only one of 'InlineCode' or 'CodeUri' can be set. " +
        "Resource with id [B] is invalid. Only one of 'InlineCode' or 'CodeUri' can be set.",
    )
  })
})

describe('a type of SAM that there is not', () => {
  it('is left as it is, for CloudFormation to refuse', () => {
    const resource = { Type: 'AWS::Serverless::Nothing', Properties: { A: 1 } }
    expect(plain(transformed(`Resources: { N: ${JSON.stringify(resource)} }`))).toEqual({ N: resource })
  })
})

describe('a deployment', () => {
  const api = (definition: string, more = '') => `
Parameters: { Media: { Type: String, Default: image/png } }
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: live
      BinaryMediaTypes: [!Ref Media]
      DefinitionBody: { swagger: '2.0', paths: ${definition} }
      ${more}
`
  const deploymentOf = (text: string, more = {}) =>
    Object.keys(transformed(text, more)).find((id) => id.startsWith('ApiDeployment'))

  it.each([
    ['the same document', api('{ /a: {} }'), api('{ /a: {} }'), {}, true],
    ['another document', api('{ /a: {} }'), api('{ /b: {} }'), {}, false],
    ['a parameter inside it', api('{ /a: {} }'), api('{ /a: {} }'), { parameters: { Media: 'image/gif' } }, false],
    ['a policy beside it', api('{ /a: {} }'), api('{ /a: {} }', "Policy: { Version: '2012-10-17' }"), {}, true],
    ['other endpoints', api('{ /a: {} }'), api('{ /a: {} }', 'EndpointConfiguration: PRIVATE'), {}, true],
    ['the next second', api('{ /a: {} }', 'AlwaysDeploy: true'), api('{ /a: {} }', 'AlwaysDeploy: true'), { time: 1 }, false],
  ])('is told apart by its id: %s', (_name, one, other, more, equal) => {
    expect(deploymentOf(one) === deploymentOf(other, more)).toBe(equal)
  })
})
