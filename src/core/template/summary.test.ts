import { describe, expect, it } from 'vitest'
import { missingCapabilities, requiredCapabilities } from './capabilities.ts'
import { parseTemplate } from './parse.ts'
import { summarize } from './summary.ts'

const role = (properties: string) => parseTemplate(`Resources: { A: { Type: AWS::IAM::Role, Properties: { ${properties} } } }`)

describe('capabilities', () => {
  it.each([
    ['nothing', parseTemplate('Resources: { A: { Type: AWS::SNS::Topic } }'), []],
    ['a role', role(''), ['CAPABILITY_IAM']],
    ['a named role', role('RoleName: x'), ['CAPABILITY_NAMED_IAM']],
    [
      'a policy, whose name is no choice',
      parseTemplate('Resources: { A: { Type: AWS::IAM::Policy, Properties: { PolicyName: x } } }'),
      ['CAPABILITY_IAM'],
    ],
    ['a transform', parseTemplate('Transform: [X]\nResources: { A: { Type: T } }'), ['CAPABILITY_AUTO_EXPAND']],
    [
      'a transform inside',
      parseTemplate('Resources: { A: { Type: T, Properties: { Fn::Transform: { Name: M } } } }'),
      ['CAPABILITY_AUTO_EXPAND'],
    ],
  ])('asks for what %s needs', (_, template, capabilities) => {
    expect(requiredCapabilities(template)).toEqual(capabilities)
  })

  it('takes the larger acknowledgement for the smaller, not the other way', () => {
    expect(missingCapabilities(role(''), ['CAPABILITY_NAMED_IAM'])).toEqual([])
    expect(missingCapabilities(role('RoleName: x'), ['CAPABILITY_IAM'])).toEqual(['CAPABILITY_NAMED_IAM'])
    expect(missingCapabilities(role('RoleName: x'), ['CAPABILITY_NAMED_IAM'])).toEqual([])
  })
})

describe('summarize', () => {
  it('tells what AWS tells of a template', () => {
    const template = parseTemplate(`
AWSTemplateFormatVersion: '2010-09-09'
Description: a topic
Metadata: { TopicName: sns-topic-simple, List: [1, true] }
Parameters:
  Name: { Type: String, Default: x, AllowedValues: [x, y], Description: its name }
  Secret: { Type: String, Default: y, NoEcho: true }
Resources:
  A: { Type: AWS::SNS::Topic }
  B: { Type: AWS::IAM::Role }
  C: { Type: AWS::SNS::Topic }
`)
    expect(summarize(template)).toEqual({
      Description: 'a topic',
      Version: '2010-09-09',
      Metadata: "{'TopicName': 'sns-topic-simple', 'List': [1, True]}",
      Parameters: [
        {
          ParameterKey: 'Name',
          ParameterType: 'String',
          NoEcho: false,
          DefaultValue: 'x',
          Description: 'its name',
          ParameterConstraints: { AllowedValues: ['x', 'y'] },
        },
        { ParameterKey: 'Secret', ParameterType: 'String', NoEcho: true, DefaultValue: '****', ParameterConstraints: {} },
      ],
      Capabilities: ['CAPABILITY_IAM'],
      CapabilitiesReason: 'The following resource(s) require capabilities: [AWS::IAM::Role]',
      ResourceTypes: ['AWS::SNS::Topic', 'AWS::IAM::Role'],
      ResourceIdentifierSummaries: [
        { ResourceType: 'AWS::SNS::Topic', LogicalResourceIds: ['A', 'C'] },
        { ResourceType: 'AWS::IAM::Role', LogicalResourceIds: ['B'] },
      ],
    })
  })

  it('tells of transforms wherever they are, and not of what they will make', () => {
    const template = parseTemplate(`
Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
Mappings: { Fn::Transform: { Name: AWS::Include, Parameters: { Location: s3://b/k } } }
Resources:
  A: { Type: AWS::SNS::Topic }
  Fn::ForEach::Bs: [X, [a], { 'B\${X}': { Type: AWS::SNS::Topic } }]
  Fn::Transform: { Name: AWS::Include, Parameters: { Location: s3://b/k } }
`)
    const transforms = ['AWS::LanguageExtensions', 'AWS::Serverless-2016-10-31', 'AWS::Include']
    expect(summarize(template)).toEqual({
      Parameters: [],
      Capabilities: ['CAPABILITY_AUTO_EXPAND'],
      CapabilitiesReason: `The following resource(s) require capabilities: [${transforms.join(', ')}]`,
      ResourceTypes: ['AWS::SNS::Topic'],
      ResourceIdentifierSummaries: [{ ResourceType: 'AWS::SNS::Topic', LogicalResourceIds: ['A'] }],
      DeclaredTransforms: transforms,
    })
  })

  it('leaves out what the template does not have', () => {
    expect(Object.keys(summarize(parseTemplate('Resources: { A: { Type: T } }')))).toEqual([
      'Parameters',
      'ResourceTypes',
      'ResourceIdentifierSummaries',
    ])
  })
})
