import { AwsError } from '#core/aws/aws-error.ts'
import type { Caller } from '#kit/operation.ts'
import type { Ports } from '#kit/ports.ts'
import { functions, versions } from '#services/lambda/records.ts'
import { packageLocation } from './package-location.ts'

type Call = (service: string, operation: string, input: unknown, caller: Caller) => Promise<unknown>

/**
 * Puts a deployment package into a bucket that is there for them, one for each account and region, under a name that follows from what
 * is in it: the same code is the same object, and a stack made from it does not change.
 */
export async function keepPackage(bytes: Uint8Array, caller: Caller, call: Call): Promise<{ bucket: string; key: string }> {
  const { bucket, key } = packageLocation(bytes, caller)
  try {
    await call('s3', 'HeadBucket', { Bucket: bucket }, caller)
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    const elsewhere = caller.region !== 'us-east-1'
    await call(
      's3',
      'CreateBucket',
      { Bucket: bucket, ...(elsewhere && { CreateBucketConfiguration: { LocationConstraint: caller.region } }) },
      caller,
    )
  }
  await call('s3', 'PutObject', { Bucket: bucket, Key: key, Body: bytes }, caller)
  return { bucket, key }
}

/** The package that a function or a version of one has, by its digest; nothing where none has it. */
export async function packageOf(digest: string, { records, blobs }: Pick<Ports, 'records' | 'blobs'>) {
  const revisions = [
    ...records.all(functions).map(({ value }) => value.latest),
    ...records.all(versions).map(({ value }) => value),
  ]
  return revisions.some(({ code }) => code.blob === digest) ? await blobs.get(digest) : undefined
}
