import { isMap, type Value } from '../template/value.ts'
import { truthy } from './python.ts'
import { invalidResource } from './refusal.ts'

/** An object in S3, as a map or an `s3://` URI names it. */
export interface S3Location {
  readonly bucket: Value
  readonly key: Value
  readonly version?: Value
}

/** Reads `s3://bucket/key?versionId=…`, which may have blanks in front and line breaks anywhere. */
function parseS3Uri(uri: string): S3Location | undefined {
  const match = /^s3:\/\/([^/?#[\]]+)\/([^?#]*)(?:\?([^#]*))?/i.exec(uri.trimStart().replace(/[\t\r\n]/g, ''))
  if (!match) return undefined
  const versions = (match[3] ?? '').split('&').flatMap((pair) => {
    const [name, ...value] = pair.split('=')
    return name === 'versionId' && value.join('=') !== '' ? [decoded(value.join('='))] : []
  })
  const location = { bucket: match[1]!, key: match[2]!.replace(/^\/+/, '') }
  return versions.length === 1 ? { ...location, version: versions[0]! } : location
}

/** A stray percent sign stands for itself. */
function decoded(text: string): string {
  return text.replaceAll('+', ' ').replace(/(%[0-9a-f]{2})+/gi, (bytes) => {
    try {
      return decodeURIComponent(bytes)
    } catch {
      return '\ufffd'
    }
  })
}

/** The object that a property of a resource names, in either form. */
export function readS3Location(id: string, property: string, value: Value | undefined): S3Location {
  if (isMap(value)) {
    const { Bucket: bucket, Key: key, Version: version } = value
    if (!truthy(bucket) || !truthy(key)) {
      throw invalidResource(id, `'${property}' requires Bucket and Key properties to be specified.`)
    }
    return { bucket: bucket!, key: key!, ...(version !== undefined && { version }) }
  }
  const location = typeof value === 'string' ? parseS3Uri(value) : undefined
  if (location) return location
  throw invalidResource(
    id,
    `'${property}' is not a valid S3 Uri of the form 's3://bucket/key' with optional versionId query parameter.`,
  )
}
