import { describe, expect, it } from 'vitest'
import { parseTemplate } from '../../template/parse.ts'
import { isMap, type ValueMap } from '../../template/value.ts'
import { at, plain, transformed } from '../testing/transformed.ts'
import { transform } from '../transform.ts'
import { liftConnectors } from './embedded.ts'

const withConnectors = (connectors: string) => `Resources:
  Worker:
    Type: AWS::Serverless::Function
    Connectors: ${connectors}
    Properties: { InlineCode: x, Runtime: nodejs22.x, Handler: index.handler }
  Queue: { Type: AWS::SQS::Queue }
  WorkerTaken: { Type: AWS::SNS::Topic }
`
const TO_QUEUE = 'Properties: { Destination: { Id: Queue }, Permissions: [Write] }'

describe('a connector inside its source', () => {
  it('becomes a resource of its own, after the others', () => {
    const { Resources: resources } = parseTemplate(withConnectors(`{ Send: { DependsOn: Queue, ${TO_QUEUE} } }`)) as {
      Resources: ValueMap
    }
    expect(liftConnectors(resources)).toEqual([])
    expect(Object.keys(resources)).toEqual(['Worker', 'Queue', 'WorkerTaken', 'WorkerSend'])
    expect(resources['Worker']).not.toHaveProperty('Connectors')
    expect(plain(resources['WorkerSend'])).toEqual({
      Type: 'AWS::Serverless::Connector',
      DependsOn: 'Queue',
      Properties: { Source: { Id: 'Worker' }, Destination: { Id: 'Queue' }, Permissions: ['Write'] },
    })
  })

  it.each([
    [
      'a SAM resource',
      'Worker: { Type: AWS::Serverless::Function, Properties: { InlineCode: x, Runtime: nodejs22.x, Handler: a.b }',
      'WorkerRole',
    ],
    ['a resource of CloudFormation', 'Worker: { Type: AWS::Lambda::Function, Properties: { Role: !GetAtt Own.Arn }', 'Own'],
  ])('lets %s reach the destination', (_name, source, role) => {
    const resources = transformed(`Resources:
  ${source}, Connectors: { Send: { ${TO_QUEUE} } } }
  Queue: { Type: AWS::SQS::Queue }
`)
    expect(at(resources, 'WorkerSendPolicy', 'Properties', 'Roles', 0)).toEqual({ Ref: role })
    expect(plain(at(resources, 'Worker', 'Connectors'))).toBeUndefined()
  })

  it('may say more of its source', () => {
    const resources = transformed(`Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Connectors:
      Call: { Properties: { SourceReference: { Qualifier: prod/GET/* }, Destination: { Id: Worker }, Permissions: [Write] } }
  Worker: { Type: AWS::Lambda::Function }
`)
    expect(at(resources, 'ApiCallWriteLambdaPermission', 'Properties', 'SourceArn', 'Fn::Sub', 1)).toEqual({
      SourceResourceId: { Ref: 'Api' },
      SourceQualifier: 'prod/GET/*',
    })
  })
})

describe('a connector that cannot be one is refused', () => {
  it.each([
    ['Worker', "Attribute 'Worker.Connectors' should be a map.", 'one', 4, 17],
    ['WorkerSend', 'Worker.WorkerSend should be a map.', '{ Send: one }', 4, 25],
    ['Worker', "Attribute 'Connectors.Send.Properties' should be a map.", '{ Send: { Properties: one } }', 4, 39],
    [
      'Worker',
      "Property 'Connectors.Send.Properties.SourceReference' should be a map.",
      '{ Send: { Properties: { SourceReference: one } } }',
      4,
      58,
    ],
    [
      'Send',
      "'Id' shouldn't be defined in 'SourceReference'.",
      '{ Send: { Properties: { SourceReference: { Id: Queue } } } }',
      4,
      64,
    ],
    ['WorkerSend', "Missing required property 'Destination'.", '{ Send: { Properties: { Permissions: [Write] } } }', 4, 39],
    [
      'WorkerSend',
      'property Foo not defined for resource of type AWS::Serverless::Connector',
      '{ Send: { Properties: { Foo: 1 } } }',
      4,
      46,
    ],
    ['Workera-b', 'Logical ids must be alphanumeric.', `{ a-b: { ${TO_QUEUE} } }`, 4, 24],
  ])('[%s]: %s', (id, text, connectors, line, column) => {
    const result = transform(parseTemplate(withConnectors(connectors)), { parameters: {}, region: 'eu-central-1' })
    const causes = result.ok ? [] : result.causes
    expect(causes).toEqual([
      {
        message: `Resource with id [${id}] is invalid. ${text}`,
        resource: id,
        position: expect.objectContaining({ line, column }),
      },
    ])
  })

  it('by the resource that has its id already', () => {
    const result = transform(parseTemplate(withConnectors(`{ Taken: { ${TO_QUEUE} } }`)), {
      parameters: {},
      region: 'eu-central-1',
    })
    expect(result).toMatchObject({
      causes: [
        {
          message: expect.stringContaining(
            'attempts to create a new resource with id [WorkerTaken] and type "AWS::Serverless::Connector"',
          ),
          resource: 'Worker',
          position: { line: 4 },
        },
      ],
    })
  })

  it('together with the others, which are lifted all the same', () => {
    const { Resources: resources } = parseTemplate(withConnectors(`{ Bad: 1, Send: { ${TO_QUEUE} }, Worse: 2 }`))
    if (!isMap(resources)) throw new Error('no resources')
    expect(liftConnectors(resources)).toHaveLength(2)
    expect(resources).toHaveProperty('WorkerSend')
  })
})
