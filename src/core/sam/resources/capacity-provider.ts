import { isMap, type Value, type ValueList, type ValueMap } from '../../template/value.ts'
import { managedPolicyArn } from '../arn.ts'
import { type GeneratedResource, generated, type Properties } from '../generated-resource.ts'
import { assumeRolePolicy } from '../iam-policies.ts'
import { getAtt } from '../intrinsics.ts'
import { flag, literal, map, required, textOrMap } from '../properties.ts'
import { orNothing, truthy } from '../python.ts'
import { invalidResource } from '../refusal.ts'
import type { SamResource, SamResourceType } from '../sam-resource.ts'
import * as shape from '../shape.ts'
import { tagList } from '../tags.ts'

const texts = shape.orIntrinsic(shape.listOf(shape.orIntrinsic(shape.text)))

const schema = shape.fields({
  CapacityProviderName: { shape: shape.anything },
  VpcConfig: {
    shape: shape.fields({ SecurityGroupIds: { shape: texts }, SubnetIds: { shape: texts, required: true } }),
    required: true,
  },
  OperatorRole: { shape: shape.anything },
  Tags: { shape: shape.map },
  PropagateTags: { shape: shape.flag },
  InstanceRequirements: {
    shape: shape.fields({
      Architectures: { shape: texts },
      AllowedTypes: { shape: texts },
      ExcludedTypes: { shape: texts },
    }),
  },
  ScalingConfig: {
    shape: shape.fields({
      MaxVCpuCount: { shape: shape.orIntrinsic(shape.integer) },
      AverageCPUUtilization: { shape: shape.orIntrinsic(shape.decimal) },
    }),
  },
  KmsKeyArn: { shape: shape.anything },
})

/** Instances that Lambda runs functions on, and the role that lets it manage them. */
export const capacityProvider: SamResourceType = {
  type: 'AWS::Serverless::CapacityProvider',
  properties: {
    CapacityProviderName: literal(textOrMap),
    VpcConfig: required(literal(map)),
    OperatorRole: literal(textOrMap),
    Tags: literal(map),
    PropagateTags: literal(flag),
    InstanceRequirements: literal(map),
    ScalingConfig: literal(map),
    KmsKeyArn: literal(textOrMap),
  },

  transform(provider, { partition }) {
    const settings = readSettings(provider)
    const { Tags, PropagateTags } = settings
    const made = truthy(settings['OperatorRole']) ? [] : [operatorRole(provider, managedPolicyArn(partition, POLICY))]
    const role = made[0] ? getAtt(made[0].id, 'Arn') : settings['OperatorRole']!
    const resources = [...made, lambdaCapacityProvider(provider, settings, role)]
    if (truthy(PropagateTags) && isMap(Tags)) {
      for (const { properties } of resources) properties['Tags'] = withTags(properties['Tags'] as ValueList, Tags)
    }
    return resources
  },
}

const POLICY = 'AWSLambdaManagedEC2ResourceOperator'
const MADE_BY_SAM = { 'lambda:createdBy': 'SAM' }

function readSettings({ id, properties }: SamResource): ValueMap {
  const read = schema(properties, [])
  if ('mistakes' in read) throw invalidResource(id, shape.sentences(read.mistakes))
  const settings = read.value as ValueMap
  const { InstanceRequirements: wanted } = settings
  if (isMap(wanted) && Object.hasOwn(wanted, 'AllowedTypes') && Object.hasOwn(wanted, 'ExcludedTypes')) {
    throw invalidResource(
      id,
      "Cannot specify 'InstanceRequirements.AllowedTypes' and 'InstanceRequirements.ExcludedTypes' together.",
    )
  }
  return settings
}

function lambdaCapacityProvider(provider: SamResource, settings: ValueMap, role: Value): GeneratedResource {
  const { VpcConfig, Tags, InstanceRequirements, ScalingConfig } = settings
  return generated(
    provider.id,
    'AWS::Lambda::CapacityProvider',
    {
      CapacityProviderName: orNothing(settings['CapacityProviderName']),
      VpcConfig,
      PermissionsConfig: { CapacityProviderOperatorRoleArn: role },
      Tags: tagList({ ...(isMap(Tags) && Tags), ...MADE_BY_SAM }),
      InstanceRequirements: isMap(InstanceRequirements) ? instanceRequirements(InstanceRequirements) : undefined,
      CapacityProviderScalingConfig: isMap(ScalingConfig) ? scaling(ScalingConfig) : undefined,
      KmsKeyArn: orNothing(settings['KmsKeyArn']),
    },
    { attributes: provider.attributes, dependsOn: provider.dependsOn },
  )
}

function operatorRole({ id, inherited }: SamResource, policy: string): GeneratedResource {
  const properties: Properties = {
    AssumeRolePolicyDocument: assumeRolePolicy('lambda.amazonaws.com'),
    ManagedPolicyArns: [policy],
    Tags: tagList(MADE_BY_SAM),
  }
  return generated(`${id}OperatorRole`, 'AWS::IAM::Role', properties, { attributes: inherited })
}

function instanceRequirements({ Architectures, AllowedTypes, ExcludedTypes }: ValueMap): ValueMap | undefined {
  return orNothing({
    ...(Architectures !== undefined && { Architectures }),
    ...(AllowedTypes !== undefined && { AllowedInstanceTypes: AllowedTypes }),
    ...(ExcludedTypes !== undefined && { ExcludedInstanceTypes: ExcludedTypes }),
  })
}

/** Lambda scales as it sees fit unless a share of the processors is named that shall be in use. */
function scaling(config: ValueMap): ValueMap | undefined {
  if (!truthy(config)) return undefined
  const { MaxVCpuCount, AverageCPUUtilization: share } = config
  const policy = share !== undefined && {
    PredefinedMetricType: 'LambdaCapacityProviderAverageCPUUtilization',
    TargetValue: share,
  }
  return {
    ...(MaxVCpuCount !== undefined && { MaxVCpuCount }),
    ...(policy ? { ScalingMode: 'Manual', ScalingPolicies: [policy] } : { ScalingMode: 'Auto' }),
  }
}

/** The tags that a resource has, and more of them; of two with one name the later counts. */
function withTags(tags: ValueList, more: ValueMap): ValueList {
  const both = new Map([...tags, ...tagList(more)].map((tag) => [(tag as ValueMap)['Key'], tag]))
  return [...both.values()]
}
