import { isMap, type ValueMap } from '../../template/value.ts'
import { picked } from '../copy.ts'
import { type GeneratedResource, generated } from '../generated-resource.ts'
import { orNothing, truthy } from '../python.ts'
import { invalidResource } from '../refusal.ts'
import type { SamResource } from '../sam-resource.ts'
import { tagsOf } from '../tags.ts'
import type { Transformation } from '../transformation.ts'
import { capacityProviderConfig } from './capacity-provider-config.ts'
import { functionCode } from './code.ts'

/** Properties that `AWS::Lambda::Function` takes over as they are. */
const SAME = [
  'Handler',
  'Runtime',
  'Description',
  'MemorySize',
  'Timeout',
  'VpcConfig',
  'Role',
  'Environment',
  'KmsKeyArn',
  'ReservedConcurrentExecutions',
  'Layers',
  'FileSystemConfigs',
  'ImageConfig',
  'PackageType',
  'Architectures',
  'SnapStart',
  'EphemeralStorage',
  'CodeSigningConfigArn',
  'RuntimeManagementConfig',
  'LoggingConfig',
  'TenancyConfig',
  'RecursiveLoop',
  'DurableConfig',
  'PublishToLatestPublished',
]

/** Naming `Disabled` is the same as not asking for traces. */
export function isTraced({ properties }: SamResource, { resolve }: Transformation): boolean {
  const { Tracing } = properties
  return Tracing !== undefined && truthy(Tracing) && resolve(Tracing) !== 'Disabled'
}

export function lambdaFunction(fn: SamResource, transformation: Transformation): GeneratedResource {
  const { id, properties } = fn
  const deadLetters = properties['DeadLetterQueue']
  const code = functionCode(fn)
  const tags = tagsOf(id, properties['Tags'])
  const traced = isTraced(fn, transformation)
  const resource = generated(
    id,
    'AWS::Lambda::Function',
    {
      ...picked(properties, SAME),
      FunctionName: orNothing(properties['FunctionName']),
      Code: code,
      Tags: tags,
      TracingConfig: traced ? { Mode: properties['Tracing']! } : undefined,
      DeadLetterConfig: isMap(deadLetters) && truthy(deadLetters) ? { TargetArn: deadLetters['TargetArn'] ?? null } : undefined,
      CapacityProviderConfig: capacityProviderConfig(fn),
      FunctionScalingConfig: orNothing(properties['FunctionScalingConfig']),
    },
    { attributes: fn.attributes, dependsOn: fn.dependsOn },
  )
  checkPackage(fn, code)
  return resource
}

function checkPackage({ id, properties }: SamResource, code: ValueMap): void {
  const has = (name: string) => truthy(properties[name])
  const type = has('PackageType') ? properties['PackageType'] : 'Zip'
  const refuse = (text: string) => invalidResource(id, text)
  if (type === 'Zip') {
    if (!has('Runtime') || !has('Handler')) {
      throw refuse('Runtime and Handler needs to be present when PackageType is of type `Zip`')
    }
    if (has('ImageConfig')) throw refuse('ImageUri or ImageConfig cannot be present when PackageType is of type `Zip`')
  } else if (type === 'Image') {
    if (has('Handler') || has('Runtime') || has('Layers')) {
      throw refuse('Runtime, Handler, Layers cannot be present when PackageType is of type `Image`')
    }
    if (!truthy(code['ImageUri'])) throw refuse('ImageUri needs to be present when PackageType is of type `Image`')
  }
}
