import { describe, expect, it } from 'vitest'
import { refusalOf } from '../testing/transformed.ts'

const refused = (properties: string) =>
  refusalOf(`Parameters: { Given: { Type: String, Default: text } }
Resources:
  Api:
    Type: AWS::Serverless::WebSocketApi
    Properties: { RouteSelectionExpression: $request.body.action, ${properties} }
`).replace('Resource with id [Api] is invalid. ', '')
const ROUTES = 'Routes: { send: { FunctionArn: arn:f } }'

describe('a WebSocket API is refused', () => {
  it.each([
    ['for routes that are no map', 'Routes: !Ref Given', "Property 'Routes' should be a map."],
    [
      'for an authorizer without a $connect route before that',
      'Routes: !Ref Given, Auth: { AuthType: AWS_IAM }',
      'Authorization is only available if there is a $connect route.',
    ],
    ['for its stage', `${ROUTES}, StageName: $default`, 'Stages cannot be named $default for WebSocket APIs.'],
    [
      'for its domain before its stage',
      `${ROUTES}, StageName: $default, Domain: { DomainName: a.b }`,
      'Custom Domains only works if both DomainName and CertificateArn are provided.',
    ],
    [
      'for its stage before its routes',
      'Routes: { a-b: { FunctionArn: arn:f } }, StageName: $default',
      'Stages cannot be named $default for WebSocket APIs.',
    ],
  ])('%s', (_name, properties, message) => {
    expect(refused(properties)).toBe(message)
  })
})
