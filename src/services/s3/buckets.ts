import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import { type Bucket, buckets, EVERYWHERE, objects, type S3, uploads, within } from './records.ts'

/** Makes a bucket. Making one's own again is refused, except in us-east-1, where S3 lets it pass as it always has. */
export function createBucket(
  { account, region }: Scope,
  name: string,
  { records, clock }: Pick<S3, 'records' | 'clock'>,
): Bucket {
  checkBucketName(name)
  const present = records.get(buckets, EVERYWHERE, name)
  if (present && present.account !== account)
    throw new AwsError(
      'BucketAlreadyExists',
      'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
      { status: 409, fields: { BucketName: name } },
    )
  if (present && (region !== 'us-east-1' || present.region !== region))
    throw new AwsError(
      'BucketAlreadyOwnedByYou',
      'Your previous request to create the named bucket succeeded and you already own it.',
      { status: 409, fields: { BucketName: name } },
    )
  if (present) return present
  const bucket: Bucket = { name, account, region, createdAt: clock.now(), settings: CLOSED, tags: [] }
  records.put(buckets, EVERYWHERE, name, bucket)
  return bucket
}

/** New buckets are closed to the public, and without ACLs, since April 2023. */
export const CLOSED = {
  PublicAccessBlock: { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true },
  OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
}

/** The rules for general purpose buckets: 3 to 63 of a-z, 0-9, dots and hyphens, like a host name, not like an address. */
export function checkBucketName(name: string): void {
  const fits =
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes('..') &&
    !/^\d+\.\d+\.\d+\.\d+$/.test(name) &&
    !/^(xn--|sthree-|amzn-s3-demo-)/.test(name) &&
    !/(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name)
  if (!fits)
    throw new AwsError('InvalidBucketName', 'The specified bucket is not valid.', { status: 400, fields: { BucketName: name } })
}

export function getBucket(name: string, { records }: Pick<S3, 'records'>): Bucket {
  const bucket = records.get(buckets, EVERYWHERE, name)
  if (!bucket)
    throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', { status: 404, fields: { BucketName: name } })
  return bucket
}

/** The bucket as this account may use it: somebody else's is closed. */
export function ownBucket({ account }: Scope, name: string, ports: Pick<S3, 'records'>): Bucket {
  const bucket = getBucket(name, ports)
  if (bucket.account !== account) throw new AwsError('AccessDenied', 'Access Denied', { status: 403 })
  return bucket
}

export function changeBucket(bucket: Bucket, { records }: Pick<S3, 'records'>): void {
  records.put(buckets, EVERYWHERE, bucket.name, bucket)
}

export function deleteBucket(name: string, { records }: Pick<S3, 'records'>): void {
  if (records.list(objects, within(name)).length > 0)
    throw new AwsError('BucketNotEmpty', 'The bucket you tried to delete is not empty', {
      status: 409,
      fields: { BucketName: name },
    })
  for (const { key } of records.list(uploads, within(name))) records.delete(uploads, within(name), key)
  records.delete(buckets, EVERYWHERE, name)
}
