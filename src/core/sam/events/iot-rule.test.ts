import { describe, expect, it } from 'vitest'
import { at, refusalOf, transformed } from '../testing/transformed.ts'

const withEvent = (properties: string) => `
Resources:
  Function:
    Type: AWS::Serverless::Function
    Condition: Wanted
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      CodeUri: s3://code/key
      Events: { Device: { Type: IoTRule, Properties: ${properties} } }
`

describe('an event of AWS IoT', () => {
  it("is a rule that calls the function, and the permission to do so, both under the function's condition", () => {
    const resources = transformed(withEvent("{ Sql: SELECT * FROM 'topic' }"))
    expect(at(resources, 'FunctionDevice')).toMatchObject({
      Type: 'AWS::IoT::TopicRule',
      Condition: 'Wanted',
      Properties: {
        TopicRulePayload: {
          Sql: "SELECT * FROM 'topic'",
          RuleDisabled: false,
          Actions: [{ Lambda: { FunctionArn: { 'Fn::GetAtt': ['Function', 'Arn'] } } }],
        },
      },
    })
    expect(at(resources, 'FunctionDevicePermission')).toMatchObject({
      Type: 'AWS::Lambda::Permission',
      Condition: 'Wanted',
      Properties: { FunctionName: { Ref: 'Function' }, Principal: 'iot.amazonaws.com' },
    })
  })

  it('names the version of SQL where it was asked for', () => {
    const resources = transformed(withEvent("{ Sql: SELECT 1, AwsIotSqlVersion: '2016-03-23' }"))
    expect(at(resources, 'FunctionDevice', 'Properties', 'TopicRulePayload', 'AwsIotSqlVersion')).toBe('2016-03-23')
  })

  it.each([
    ['{}', "Missing required property 'Sql'."],
    ['{ Sql: [] }', "Property 'Sql' should be a string."],
    ['{ Sql: x, Topic: y }', 'property Topic not defined for resource of type IoTRule'],
  ])('with %s is refused', (properties, text) => {
    expect(refusalOf(withEvent(properties))).toBe(`Resource with id [FunctionDevice] is invalid. ${text}`)
  })
})
