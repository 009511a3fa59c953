import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import { ownBucket } from './buckets.ts'
import { checkRead, failed } from './conditions.ts'
import { getContent } from './objects.ts'
import type { ObjectContent, S3 } from './records.ts'

export interface CopyMembers {
  readonly CopySource: string
  readonly CopySourceIfMatch?: string | undefined
  readonly CopySourceIfNoneMatch?: string | undefined
  readonly CopySourceIfModifiedSince?: Date | undefined
  readonly CopySourceIfUnmodifiedSince?: Date | undefined
}

/** The object that `x-amz-copy-source` names, if its conditions hold. */
export function copiedObject(
  scope: Scope,
  members: CopyMembers,
  ports: Pick<S3, 'records'>,
): ObjectContent & { readonly key: string } {
  const [path = '', query = ''] = members.CopySource.split('?versionId=')
  const [, bucketName, encodedKey] = /^\/?([^/]+)\/(.+)$/s.exec(path) ?? []
  if (bucketName === undefined || encodedKey === undefined)
    throw new AwsError('InvalidArgument', 'Copy Source must mention the source bucket and key: sourcebucket/sourcekey', {
      status: 400,
      fields: { ArgumentName: 'x-amz-copy-source', ArgumentValue: members.CopySource },
    })
  const key = decoded(encodedKey)
  const content = getContent(ownBucket(scope, decoded(bucketName), ports), key, query || undefined, ports)
  checkSource(content, members)
  return { ...content, key }
}

/** A copy answers 412 where a read would have answered 304. */
function checkSource(content: ObjectContent, members: CopyMembers): void {
  try {
    checkRead(content, {
      IfMatch: members.CopySourceIfMatch,
      IfNoneMatch: members.CopySourceIfNoneMatch,
      IfModifiedSince: members.CopySourceIfModifiedSince,
      IfUnmodifiedSince: members.CopySourceIfUnmodifiedSince,
    })
  } catch (error) {
    if (error instanceof AwsError && error.code === 'NotModified') throw failed('x-amz-copy-source-If-None-Match')
    throw error
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // Not encoded at all: older clients send keys as they are.
    return text
  }
}
