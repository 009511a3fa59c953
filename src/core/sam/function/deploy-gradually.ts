import { isMap, type Value, type ValueMap } from '../../template/value.ts'
import type { GeneratedResource } from '../generated-resource.ts'
import { isIntrinsic } from '../intrinsics.ts'
import { truthy } from '../python.ts'
import { invalidResource } from '../refusal.ts'
import type { SamResource } from '../sam-resource.ts'
import type { Transformation } from '../transformation.ts'
import { aliasUpdatePolicy, deploymentGroup, readDeploymentPreference } from './deployment-preferences.ts'

/** `DeploymentPreference`: CodeDeploy moves the alias, step by step. */
export function deployGradually(fn: SamResource, alias: GeneratedResource | undefined, transformation: Transformation): void {
  const { id, properties, inherited } = fn
  const settings = properties['DeploymentPreference']
  if (!isMap(settings) || !truthy(settings)) return
  const known = (value: Value) => transformation.resolveMappings(transformation.resolve(value))
  for (const name of ['Enabled', 'Type']) if (settings[name] !== undefined) settings[name] = known(settings[name])
  const passed =
    settings['PassthroughCondition'] === undefined
      ? transformation.passConditionToDeployments
      : asFlag(id, known(settings['PassthroughCondition']))
  settings['PassthroughCondition'] = passed
  const { Tags, PropagateTags } = properties
  const preference = readDeploymentPreference(id, settings, {
    condition: passed && typeof inherited['Condition'] === 'string' ? inherited['Condition'] : undefined,
    tags: truthy(PropagateTags) && isMap(Tags) && truthy(Tags) ? (Tags as ValueMap) : undefined,
  })
  transformation.deploymentPreferences.push(preference)
  if (!preference.enabled) return
  if (!alias) throw invalidResource(id, "'DeploymentPreference' requires AutoPublishAlias property to be specified.")
  alias.attributes['UpdatePolicy'] = aliasUpdatePolicy(preference, deploymentGroup(preference))
}

function asFlag(id: string, value: Value): boolean {
  if (value === true || value === 'true' || value === 'True' || value === 1) return true
  if (value === false || value === 'false' || value === 'False' || value === 0) return false
  throw invalidResource(
    id,
    isIntrinsic(value)
      ? 'Unsupported intrinsic: the only intrinsic functions supported for property PassthroughCondition are FindInMap and parameter Refs.'
      : 'Invalid value for property PassthroughCondition.',
  )
}
