import { refused } from './stacks.ts'

export interface ObjectAddress {
  readonly bucket: string
  readonly key: string
  readonly versionId?: string
}

const AWS_HOST = /^(?:(?<bucket>.+)\.)?s3(?:[.-](?:dualstack\.)?[a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?$/

/**
 * The object that a template's URL names: on Amazon's own names or on the address that the client knows Postern by, with the bucket in
 * the host or in the path.
 */
export function parseTemplateUrl(text: string, endpoint: string): ObjectAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw refused(
      `1 validation error detected: Value '${text}' at 'templateURL' failed to satisfy constraint: Member must satisfy regular expression pattern: ^(http|https)://.*$`,
    )
  }
  const bucket = bucketInHost(url, new URL(endpoint))
  if (bucket === undefined) throw refused('TemplateURL must be a supported URL.')
  const path = decoded(url.pathname.slice(1))
  const cut = path.indexOf('/')
  const address = bucket
    ? { bucket, key: path }
    : { bucket: cut < 0 ? path : path.slice(0, cut), key: cut < 0 ? '' : path.slice(cut + 1) }
  if (!address.bucket || !address.key) throw refused('TemplateURL must reference a valid S3 object to which you have access.')
  const versionId = url.searchParams.get('versionId')
  return versionId === null ? address : { ...address, versionId }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch (error) {
    if (error instanceof URIError) throw refused('TemplateURL must reference a valid S3 object to which you have access.')
    throw error
  }
}

/** The bucket before the host's own name, `''` where it is in the path, nothing where this is no address of S3. */
function bucketInHost(url: URL, endpoint: URL): string | undefined {
  const amazon = AWS_HOST.exec(url.hostname)
  if (amazon) return amazon.groups?.bucket ?? ''
  if (url.port !== endpoint.port) return undefined
  const own = [endpoint.hostname, 'localhost', '127.0.0.1', '[::1]']
  if (own.includes(url.hostname)) return ''
  const parent = own.find((host) => url.hostname.endsWith(`.${host}`))
  if (!parent) return undefined
  return url.hostname.slice(0, -parent.length - 1).replace(/(^|\.)s3(\.[a-z0-9-]+)?$/, '')
}
