import { isMap, type ValueMap } from '../../template/value.ts'
import { type GeneratedResource, generated } from '../generated-resource.ts'
import { getAtt, ref, referredId } from '../intrinsics.ts'
import { hashedId } from '../logical-id.ts'
import { truthy } from '../python.ts'
import { invalidResource } from '../refusal.ts'
import type { SamResource } from '../sam-resource.ts'
import type { Transformation } from '../transformation.ts'

/** The version that the alias points to: a new one whenever the code, or what else is hashed, is another. */
export function publishedVersion(
  fn: SamResource,
  lambda: GeneratedResource,
  codeHash: string | undefined,
  transformation: Transformation,
): GeneratedResource {
  const { properties } = fn
  const prefix = `${fn.id}Version`
  const code = lambda.properties['Code']!
  lambda.properties['Code'] = transformation.resolve(code)
  const id = codeHash ? prefix + codeHash.slice(0, 10) : hashedId(prefix, hashedProperties(fn, lambda, transformation))
  const managed = (properties['CapacityProviderConfig'] ?? null) !== null
  return generated(
    id,
    'AWS::Lambda::Version',
    {
      FunctionName: ref(fn.id),
      Description: properties['VersionDescription'],
      FunctionScalingConfig: managed ? properties['FunctionScalingConfig'] : undefined,
    },
    { attributes: { DeletionPolicy: properties['VersionDeletionPolicy'] ?? (managed ? 'Delete' : 'Retain'), ...fn.inherited } },
  )
}

function hashedProperties(fn: SamResource, lambda: GeneratedResource, transformation: Transformation): ValueMap {
  const { Code, Environment, MemorySize, SnapStart, Layers } = lambda.properties
  if (truthy(fn.properties['AutoPublishAliasAllProperties'])) {
    const all: ValueMap = {}
    for (const [name, value] of Object.entries(lambda.properties)) if ((value ?? null) !== null) all[name] = value!
    for (const layer of Array.isArray(Layers) ? Layers : []) Object.assign(all, publishedLayer(layer, transformation))
    return all
  }
  const started = isMap(SnapStart) && (SnapStart['ApplyOn'] ?? 'None') !== 'None'
  return {
    ...(Code as ValueMap),
    ...(isMap(Environment) ? Environment : {}),
    ...(truthy(MemorySize) && { MemorySize: MemorySize! }),
    ...(started && { SnapStart }),
  }
}

/** A layer that publishes versions of its own counts as part of the function. */
function publishedLayer(layer: ValueMap[string], { resourceInOutput }: Transformation): ValueMap {
  const id = referredId(layer)
  const properties = id === undefined ? undefined : resourceInOutput(id)?.['Properties']
  return id !== undefined && isMap(properties) && truthy(properties['PublishLambdaVersion']) ? { [id]: properties } : {}
}

const ALIAS_NAME = /^(?!^[0-9]+$)([a-zA-Z0-9\-_]+)$/

/** The alias that `AutoPublishAlias` names, at this version. Refuses a name that Lambda would not take. */
export function versionAlias(fn: SamResource, name: string, versionId: string): GeneratedResource {
  if (name === '') throw invalidResource(fn.id, 'Alias name is required to create an alias')
  if (!ALIAS_NAME.test(name)) {
    throw invalidResource(
      fn.id,
      `AutoPublishAlias name ('${name}') must contain only alphanumeric characters, hyphens, or underscores matching (?!^[0-9]+$)([a-zA-Z0-9-_]+) pattern.`,
    )
  }
  const concurrency = fn.properties['ProvisionedConcurrencyConfig']
  return generated(
    `${fn.id}Alias${name.replaceAll('-', 'D').replaceAll('_', 'U')}`,
    'AWS::Lambda::Alias',
    {
      Name: name,
      FunctionName: ref(fn.id),
      FunctionVersion: getAtt(versionId, 'Version'),
      ProvisionedConcurrencyConfig: truthy(concurrency) ? concurrency : undefined,
    },
    { attributes: fn.inherited },
  )
}
