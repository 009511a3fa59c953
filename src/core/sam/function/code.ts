import { positionedAs } from '../../template/position.ts'
import { isMap, type Value, type ValueMap } from '../../template/value.ts'
import { str, truthy } from '../python.ts'
import { invalidResource } from '../refusal.ts'
import { readS3Location } from '../s3-location.ts'
import type { SamResource } from '../sam-resource.ts'

/** The `Code` of a function, from `InlineCode`, `CodeUri` or `ImageUri`. */
export function functionCode({ id, properties }: SamResource): ValueMap {
  const { InlineCode, CodeUri, ImageUri, SourceKMSKeyArn } = properties
  const packageType = truthy(properties['PackageType']) ? properties['PackageType'] : 'Zip'
  if (packageType === 'Image') {
    if ((ImageUri ?? null) === null) throw invalidResource(id, "'ImageUri' must be set.")
    if (!truthy(ImageUri)) throw invalidResource(id, "'ImageUri' requires that a image hosted at a registry be specified.")
    return { ImageUri: ImageUri! }
  }
  if (packageType !== 'Zip') throw invalidResource(id, `invalid 'PackageType' : ${str(packageType)}`)
  const code = (InlineCode ?? null) !== null ? { ZipFile: InlineCode! } : codeInS3(id, CodeUri, 'CodeUri')
  return { ...code, ...(truthy(SourceKMSKeyArn) && { SourceKMSKeyArn: SourceKMSKeyArn! }) }
}

const DYNAMIC_REFERENCE = /\{\{resolve:(ssm|ssm-secure|secretsmanager):[a-zA-Z0-9_.\-/]+(:\d+)?\}\}/

/** Code in a bucket, in the words of `AWS::Lambda::Function` and `AWS::Lambda::LayerVersion`. */
export function codeInS3(id: string, uri: Value | undefined, property: string): ValueMap {
  if ((uri ?? null) === null) throw invalidResource(id, "Only one of 'InlineCode' or 'CodeUri' can be set.")
  if (typeof uri === 'string') {
    if (DYNAMIC_REFERENCE.exec(uri)?.[0].includes('/')) {
      throw invalidResource(
        id,
        `Unsupported dynamic reference detected in '${property}'. Please consider using alternative 'FunctionCode' object format.`,
      )
    }
  } else if (!isMap(uri)) {
    throw invalidResource(id, `'${property}' must be of type dict or string.`)
  }
  const { bucket, key, version } = readS3Location(id, property, uri)
  return positionedAs({ S3Bucket: bucket, S3Key: key, ...(version !== undefined && { S3ObjectVersion: version }) }, uri)
}
