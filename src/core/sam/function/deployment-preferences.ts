import { isList, isMap, type Value, type ValueList, type ValueMap } from '../../template/value.ts'
import { managedPolicyArn, type Partition } from '../arn.ts'
import { copyOf } from '../copy.ts'
import { type GeneratedResource, generated } from '../generated-resource.ts'
import { assumeRolePolicy } from '../iam-policies.ts'
import { combinedConditions, getAtt, ifArguments, isIf, isIntrinsic, isNoValue, MALFORMED_IF, ref, sub } from '../intrinsics.ts'
import { truthy } from '../python.ts'
import { invalidResource } from '../refusal.ts'
import { tagList } from '../tags.ts'

/** How traffic moves to a function's new versions. One for each function that says so, in the order of the template. */
export interface DeploymentPreference {
  readonly functionId: string
  readonly enabled: boolean
  readonly settings: ValueMap
  readonly hooks: ValueMap
  readonly condition: string | undefined
  readonly tags: ValueMap | undefined
}

export type DeploymentPreferences = DeploymentPreference[]

const APPLICATION = 'ServerlessDeploymentApplication'
const ROLE = 'CodeDeployServiceRole'
const CONDITION = 'ServerlessCodeDeployCondition'
const CONFIGURATIONS = [
  'Canary10Percent5Minutes',
  'Canary10Percent10Minutes',
  'Canary10Percent15Minutes',
  'Canary10Percent30Minutes',
  'Linear10PercentEvery1Minute',
  'Linear10PercentEvery2Minutes',
  'Linear10PercentEvery3Minutes',
  'Linear10PercentEvery10Minutes',
  'AllAtOnce',
]

/** Reads `DeploymentPreference`. One that is enabled is refused without a type, or with hooks that are not a map. */
export function readDeploymentPreference(
  functionId: string,
  settings: ValueMap,
  more: { condition: string | undefined; tags: ValueMap | undefined },
): DeploymentPreference {
  const enabled = settings['Enabled'] === undefined ? true : settings['Enabled']
  const disabled = { functionId, enabled: false, settings, hooks: {}, condition: undefined, tags: undefined }
  if (enabled === 'false' || enabled === 'False' || !truthy(enabled)) return disabled
  if (!Object.hasOwn(settings, 'Type')) {
    throw invalidResource(functionId, "'DeploymentPreference' is missing required Property 'Type'")
  }
  const hooks = settings['Hooks'] === undefined ? {} : settings['Hooks']
  if (!isMap(hooks)) throw invalidResource(functionId, "'Hooks' property of 'DeploymentPreference' must be a dictionary")
  return { functionId, enabled: true, settings, hooks, ...more }
}

/** What CodeDeploy needs once for all functions. */
export function sharedDeploymentResources(
  preferences: DeploymentPreferences,
  partition: Partition,
): { resources: GeneratedResource[]; conditions: ValueMap } {
  const enabled = preferences.filter((preference) => preference.enabled)
  if (enabled.length === 0) return { resources: [], conditions: {} }
  const conditions = [...new Set(enabled.flatMap(({ condition }) => condition ?? []))].sort()
  const conditional = enabled.every(({ condition }) => condition !== undefined)
  const attributes: ValueMap = conditional ? { Condition: conditions.length === 1 ? conditions[0]! : CONDITION } : {}
  const tags = tagList(Object.assign({}, ...enabled.map((preference) => preference.tags ?? {})))
  const Tags = tags.length > 0 ? tags : undefined
  const resources = [generated(APPLICATION, 'AWS::CodeDeploy::Application', { ComputePlatform: 'Lambda', Tags }, { attributes })]
  if (!enabled.every(({ settings }) => truthy(settings['Role']))) {
    const limited = partition === 'aws-iso' || partition === 'aws-iso-b' ? 'Limited' : ''
    const arn = managedPolicyArn(partition, `service-role/AWSCodeDeployRoleForLambda${limited}`)
    const properties = { AssumeRolePolicyDocument: assumeRolePolicy('codedeploy.amazonaws.com'), ManagedPolicyArns: [arn], Tags }
    resources.push(generated(ROLE, 'AWS::IAM::Role', properties, { attributes }))
  }
  return { resources, conditions: conditional ? combinedConditions(conditions, CONDITION) : {} }
}

export function deploymentGroup({ functionId, settings, tags, condition }: DeploymentPreference): GeneratedResource {
  const triggers = settings['TriggerConfigurations']
  return generated(
    `${functionId}DeploymentGroup`,
    'AWS::CodeDeploy::DeploymentGroup',
    {
      AlarmConfiguration: alarmConfiguration(functionId, settings['Alarms']),
      ApplicationName: ref(APPLICATION),
      AutoRollbackConfiguration: {
        Enabled: true,
        Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'],
      },
      DeploymentConfigName: configurationName(copyOf(settings['Type']!)),
      DeploymentStyle: { DeploymentType: 'BLUE_GREEN', DeploymentOption: 'WITH_TRAFFIC_CONTROL' },
      ServiceRoleArn: truthy(settings['Role']) ? settings['Role'] : getAtt(ROLE, 'Arn'),
      TriggerConfigurations: truthy(triggers) ? triggers : undefined,
      Tags: tags ? tagList(tags) : undefined,
    },
    { attributes: condition === undefined ? {} : { Condition: condition } },
  )
}

/** Tells CloudFormation to move the alias with CodeDeploy. */
export function aliasUpdatePolicy({ hooks }: DeploymentPreference, group: GeneratedResource): ValueMap {
  return {
    CodeDeployLambdaAliasUpdate: {
      ApplicationName: ref(APPLICATION),
      DeploymentGroupName: ref(group.id),
      ...((hooks['PreTraffic'] ?? null) !== null && { BeforeAllowTrafficHook: hooks['PreTraffic']! }),
      ...((hooks['PostTraffic'] ?? null) !== null && { AfterAllowTrafficHook: hooks['PostTraffic']! }),
    },
  }
}

function alarmConfiguration(functionId: string, alarms: Value | undefined): Value | undefined {
  if (!truthy(alarms) || isNoValue(alarms)) return undefined
  if (!isIf(alarms)) return alarmList(functionId, alarms!)
  const items = ifArguments(alarms)
  if (!items) throw invalidResource(functionId, MALFORMED_IF)
  const [condition, then, otherwise] = items
  return { 'Fn::If': [condition, alarmList(functionId, then), alarmList(functionId, otherwise)] }
}

function alarmList(functionId: string, alarms: Value): ValueMap {
  if (!isList(alarms)) throw invalidResource(functionId, 'Alarms must be a list')
  if (alarms.length === 0 || isNoValue(alarms[0])) return {}
  return { Enabled: true, Alarms: alarms.map((Name) => ({ Name })) as ValueList }
}

/** CodeDeploy's name for one of its predefined configurations, wherever in an intrinsic it stands. */
function configurationName(value: Value, within?: string): Value {
  if (isList(value)) return value.map((member) => configurationName(member))
  if (isIntrinsic(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, configurationName(member, key)]))
  }
  if (typeof value !== 'string' || !CONFIGURATIONS.includes(value)) return value
  const parts: ValueList = ['CodeDeployDefault.Lambda${ConfigName}', { ConfigName: value }]
  return within === 'Fn::Sub' ? parts : sub(parts[0] as string, { ConfigName: value })
}
