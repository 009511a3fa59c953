import { describe, expect, it } from 'vitest'
import { at, plain, refusalOf, transformed } from '../testing/transformed.ts'

const provider = (properties: string) => `Resources:
  Pool:
    Type: AWS::Serverless::CapacityProvider
    Properties: ${properties}
`
const VPC = 'VpcConfig: { SubnetIds: [subnet-1] }'
const made = (properties: string) => transformed(provider(`{ ${properties} }`))
const refused = (properties: string) =>
  refusalOf(provider(`{ ${properties} }`)).replace('Resource with id [Pool] is invalid. ', '')

describe('a capacity provider', () => {
  it('has a role of its own unless it names one', () => {
    expect(at(made(VPC), 'Pool', 'Properties', 'PermissionsConfig', 'CapacityProviderOperatorRoleArn')).toEqual({
      'Fn::GetAtt': ['PoolOperatorRole', 'Arn'],
    })
    expect(Object.keys(made(`${VPC}, OperatorRole: arn:role`))).toEqual(['Pool'])
  })

  it('hands its tags on where it is told to, beside those of SAM', () => {
    const tags = (resource: string, more: string) =>
      plain(at(made(`${VPC}, Tags: { a: b }, ${more}`), resource, 'Properties', 'Tags'))
    const sam = { Key: 'lambda:createdBy', Value: 'SAM' }
    expect(tags('PoolOperatorRole', 'PropagateTags: false')).toEqual([sam])
    expect(tags('PoolOperatorRole', 'PropagateTags: true')).toEqual([sam, { Key: 'a', Value: 'b' }])
    expect(tags('Pool', 'PropagateTags: true')).toEqual([{ Key: 'a', Value: 'b' }, sam])
  })

  it.each([
    ['by itself', '{ MaxVCpuCount: 8 }', { MaxVCpuCount: 8, ScalingMode: 'Auto' }],
    [
      'by the use of its processors',
      '{ AverageCPUUtilization: 70 }',
      {
        ScalingMode: 'Manual',
        ScalingPolicies: [{ PredefinedMetricType: 'LambdaCapacityProviderAverageCPUUtilization', TargetValue: 70 }],
      },
    ],
    ['by numbers written as text', "{ MaxVCpuCount: '8' }", { MaxVCpuCount: 8, ScalingMode: 'Auto' }],
    ['as a function says', '{ MaxVCpuCount: !Ref Most }', { MaxVCpuCount: { Ref: 'Most' }, ScalingMode: 'Auto' }],
    ['as if nothing were said', '{ MaxVCpuCount: null }', undefined],
  ])('scales %s', (_name, config, expected) => {
    const config_ = at(made(`${VPC}, ScalingConfig: ${config}`), 'Pool', 'Properties', 'CapacityProviderScalingConfig')
    expect(plain(config_)).toEqual(expected)
  })

  it('tells instance types by the names that Lambda has for them', () => {
    const requirements = 'InstanceRequirements: { Architectures: [arm64], AllowedTypes: [c7g.large] }'
    expect(plain(at(made(`${VPC}, ${requirements}`), 'Pool', 'Properties', 'InstanceRequirements'))).toEqual({
      Architectures: ['arm64'],
      AllowedInstanceTypes: ['c7g.large'],
    })
  })

  it.each([
    [
      'a member of another type',
      'VpcConfig: { SubnetIds: subnet-1 }',
      "Property 'VpcConfig.SubnetIds' value must be dictionary or list.",
    ],
    ['a missing member', 'VpcConfig: {}', "Property 'VpcConfig.SubnetIds' is required."],
    [
      'a member without a value',
      'VpcConfig: { SubnetIds: null }',
      "Property 'VpcConfig.SubnetIds' none is not an allowed value.",
    ],
    [
      'a list with nothing in it where text should be',
      'VpcConfig: { SubnetIds: [null] }',
      "Property 'VpcConfig.SubnetIds' value is not a valid dict. Property 'VpcConfig.SubnetIds.0' none is not an allowed value.",
    ],
    [
      'an unknown member beside a wrong one',
      `${VPC}, ScalingConfig: { MaxVCpuCount: many, Most: 1 }`,
      "Property 'ScalingConfig.MaxVCpuCount' value must be dictionary or integer. Property 'ScalingConfig.Most' is an invalid property.",
    ],
    [
      'both kinds of instance lists',
      `${VPC}, InstanceRequirements: { AllowedTypes: [a], ExcludedTypes: [b] }`,
      "Cannot specify 'InstanceRequirements.AllowedTypes' and 'InstanceRequirements.ExcludedTypes' together.",
    ],
    [
      'a function in place of the network',
      'VpcConfig: !Ref Network',
      /^Property 'VpcConfig.SubnetIds' is required\. Property 'VpcConfig.Ref' is an inv/,
    ],
  ])('is refused: %s', (_name, properties, text) => {
    if (typeof text === 'string') expect(refused(properties)).toBe(text)
    else expect(refused(properties)).toMatch(text)
  })
})
