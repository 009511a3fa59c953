import { isList, isMap, type Value, type ValueMap } from '../../template/value.ts'
import { codeInS3 } from '../function/code.ts'
import { generated } from '../generated-resource.ts'
import { isIntrinsic } from '../intrinsics.ts'
import { hashedId } from '../logical-id.ts'
import { flag, required, text, textOrMap, textsOrMaps } from '../properties.ts'
import { orNothing, truthy } from '../python.ts'
import { invalidResource } from '../refusal.ts'
import type { SamResource, SamResourceType } from '../sam-resource.ts'
import type { Transformation } from '../transformation.ts'

/** A layer, whose logical id changes with its content, so that the version before is kept. */
export const layerVersion: SamResourceType = {
  type: 'AWS::Serverless::LayerVersion',
  renames: true,
  properties: {
    LayerName: textOrMap,
    Description: text,
    PublishLambdaVersion: flag,
    ContentUri: required(textOrMap),
    CompatibleArchitectures: textsOrMaps,
    CompatibleRuntimes: textsOrMaps,
    LicenseInfo: text,
    RetentionPolicy: text,
  },

  transform(layer, transformation) {
    const { properties } = layer
    for (const name of ['LayerName', 'LicenseInfo', 'Description', 'RetentionPolicy']) resolveText(layer, name, transformation)
    const retention = retentionPolicy(layer)
    const id = hashedId(layer.id, { [layer.id]: hashedForm(layer) })
    const content = codeInS3(id, properties['ContentUri'], 'ContentUri')
    checkArchitectures(id, properties['CompatibleArchitectures'])
    return [
      generated(
        id,
        'AWS::Lambda::LayerVersion',
        {
          LayerName: orNothing(properties['LayerName']) ?? layer.id,
          Description: properties['Description'],
          Content: content,
          CompatibleArchitectures: properties['CompatibleArchitectures'],
          CompatibleRuntimes: properties['CompatibleRuntimes'],
          LicenseInfo: properties['LicenseInfo'],
        },
        {
          attributes: { DeletionPolicy: 'Retain', ...layer.inherited, ...(retention && { DeletionPolicy: retention }) },
          dependsOn: layer.dependsOn,
        },
      ),
    ]
  },
}

function resolveText({ id, properties }: SamResource, name: string, { resolve }: Transformation): void {
  if (!truthy(properties[name])) return
  const value = resolve(properties[name]!)
  if (typeof value !== 'string' && !isMap(value)) {
    throw invalidResource(id, `Could not resolve parameter for '${name}' or parameter is not a String.`)
  }
  properties[name] = value
}

const OPTIONS = "['Retain', 'Delete']"

function retentionPolicy({ id, properties: { RetentionPolicy: policy } }: SamResource): string | undefined {
  if (isIntrinsic(policy)) {
    throw invalidResource(
      id,
      `'RetentionPolicy' does not accept intrinsic functions, please use one of the following options: ${OPTIONS}`,
    )
  }
  if ((policy ?? null) === null) return undefined
  if (typeof policy !== 'string') {
    throw invalidResource(id, `Invalid 'RetentionPolicy' type, please use one of the following options: ${OPTIONS}`)
  }
  const option = ['Retain', 'Delete'].find((name) => name.toLowerCase() === policy.toLowerCase())
  if (!option) throw invalidResource(id, `'RetentionPolicy' must be one of the following options: ${OPTIONS}.`)
  return option
}

/** The resource as SAM would write it, less what says only how it is kept. */
function hashedForm({ properties, attributes, dependsOn }: SamResource): ValueMap {
  const { DeletionPolicy, UpdateReplacePolicy, Metadata, ...rest } = attributes
  const written = Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null)) as ValueMap
  return {
    Type: layerVersion.type,
    ...(truthy(dependsOn) && { DependsOn: dependsOn! }),
    ...rest,
    Properties: written,
  }
}

function checkArchitectures(id: string, architectures: Value | undefined): void {
  if (!isList(architectures) || isIntrinsic(architectures)) return
  for (const architecture of architectures) {
    if (isIntrinsic(architecture) || architecture === 'arm64' || architecture === 'x86_64') continue
    throw invalidResource(id, "CompatibleArchitectures needs to be a list of 'x86_64' or 'arm64'")
  }
}
