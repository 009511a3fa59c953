import { positionOfMember } from '../../template/position.ts'
import type { Value, ValueList, ValueMap } from '../../template/value.ts'
import { managedPolicyArn } from '../arn.ts'
import { type GeneratedResource, generated, type Properties } from '../generated-resource.ts'
import { assumeRolePolicy } from '../iam-policies.ts'
import { getAtt } from '../intrinsics.ts'
import { placeOf, sentences } from '../mistakes.ts'
import { flag, literal, map, required, textOrMap } from '../properties.ts'
import { orNothing, truthy } from '../python.ts'
import { invalidResource } from '../refusal.ts'
import type { SamResource, SamResourceType } from '../sam-resource.ts'
import * as shape from '../shape.ts'
import { tagList } from '../tags.ts'

const { anything, decimal, fields, integer, listOf, optional, orIntrinsic, text } = shape
const texts = optional(orIntrinsic(listOf(orIntrinsic(text))))

const schema = fields({
  CapacityProviderName: optional(anything),
  VpcConfig: shape.required(fields({ SecurityGroupIds: texts, SubnetIds: { ...texts, required: true } })),
  OperatorRole: optional(anything),
  Tags: optional(shape.map),
  PropagateTags: optional(shape.flag),
  InstanceRequirements: optional(fields({ Architectures: texts, AllowedTypes: texts, ExcludedTypes: texts })),
  ScalingConfig: optional(
    fields({ MaxVCpuCount: optional(orIntrinsic(integer)), AverageCPUUtilization: optional(orIntrinsic(decimal)) }),
  ),
  KmsKeyArn: optional(anything),
})
type Settings = shape.Read<typeof schema>

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
    const { OperatorRole, Tags, PropagateTags } = settings
    const made = truthy(OperatorRole) ? undefined : operatorRole(provider, managedPolicyArn(partition, POLICY))
    const role = made ? getAtt(made.id, 'Arn') : OperatorRole!
    const resources = [...(made ? [made] : []), lambdaCapacityProvider(provider, settings, role)]
    if (PropagateTags && Tags) {
      for (const { properties } of resources) properties['Tags'] = withTags(properties['Tags'] as ValueList, Tags)
    }
    return resources
  },
}

const POLICY = 'AWSLambdaManagedEC2ResourceOperator'
const MADE_BY_SAM = { 'lambda:createdBy': 'SAM' }

function readSettings({ id, properties }: SamResource): Settings {
  const read = schema(properties, [])
  if ('mistakes' in read) throw invalidResource(id, sentences(read.mistakes), placeOf(properties, read.mistakes[0]!))
  const { AllowedTypes, ExcludedTypes } = read.value.InstanceRequirements ?? {}
  if (AllowedTypes === undefined || ExcludedTypes === undefined) return read.value
  const together = "'InstanceRequirements.AllowedTypes' and 'InstanceRequirements.ExcludedTypes'"
  throw invalidResource(id, `Cannot specify ${together} together.`, positionOfMember(properties, 'InstanceRequirements'))
}

function lambdaCapacityProvider(provider: SamResource, settings: Settings, role: Value): GeneratedResource {
  const { CapacityProviderName, VpcConfig, Tags, InstanceRequirements, ScalingConfig, KmsKeyArn } = settings
  return generated(
    provider.id,
    'AWS::Lambda::CapacityProvider',
    {
      CapacityProviderName: orNothing(CapacityProviderName),
      VpcConfig,
      PermissionsConfig: { CapacityProviderOperatorRoleArn: role },
      Tags: tagList({ ...Tags, ...MADE_BY_SAM }),
      InstanceRequirements: InstanceRequirements && instanceRequirements(InstanceRequirements),
      CapacityProviderScalingConfig: ScalingConfig && scaling(ScalingConfig),
      KmsKeyArn: orNothing(KmsKeyArn),
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

type InstanceRequirements = NonNullable<Settings['InstanceRequirements']>

function instanceRequirements({ Architectures, AllowedTypes, ExcludedTypes }: InstanceRequirements): ValueMap | undefined {
  return orNothing({
    ...(Architectures !== undefined && { Architectures }),
    ...(AllowedTypes !== undefined && { AllowedInstanceTypes: AllowedTypes }),
    ...(ExcludedTypes !== undefined && { ExcludedInstanceTypes: ExcludedTypes }),
  })
}

/** Lambda scales as it sees fit unless a share of the processors is named that shall be in use. */
function scaling(config: NonNullable<Settings['ScalingConfig']>): ValueMap | undefined {
  const { MaxVCpuCount, AverageCPUUtilization: share } = config
  if (MaxVCpuCount === undefined && share === undefined) return undefined
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
