import { describe, expect, it } from 'vitest'
import { refusalOf } from '../testing/transformed.ts'

const FORMAT =
  "Invalid value for 'RequestParameters' property. Keys must be in the format 'method.request.[querystring|path|header].{value}', e.g 'method.request.header.Authorization'."

const event = (properties: string) => `Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: x
      Handler: h
      Runtime: nodejs22.x
      Events: { Get: { Type: Api, Properties: { Path: /, Method: get, ${properties} } } }
`

describe('an event of a REST API', () => {
  it.each([
    ['a name of another place', '[integration.request.header.X]'],
    ['a reference, whose only key AWS takes for a name', '!Ref Names'],
    ['the first of several names, as Python 2 has them', '[{ method.request.header.X: {}, a: {} }]'],
  ])('refuses as a request parameter %s', (_, parameters) => {
    expect(refusalOf(event(`RequestParameters: ${parameters}`))).toBe(
      `Resource with id [Fn] is invalid. Event with id [Get] is invalid. ${FORMAT}`,
    )
  })
})
