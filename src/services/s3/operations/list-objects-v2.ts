import { AwsError } from '#core/aws/aws-error.ts'
import { operation } from '#kit/operation.ts'
import { ListObjectsV2 } from '#services/models/s3.ts'
import { bucketArn } from '../arns.ts'
import { ownBucket } from '../buckets.ts'
import { listContents, MAX_KEYS } from '../list-contents.ts'

export default operation(ListObjectsV2, {
  authorize: ({ Bucket }) => ({ action: 's3:ListBucket', resource: bucketArn(Bucket) }),

  run(input, caller, ports) {
    const { Bucket, Prefix, Delimiter, MaxKeys = MAX_KEYS, ContinuationToken, StartAfter, FetchOwner = false } = input
    const { shared, next, count, encode } = listContents(
      ownBucket(caller, Bucket, ports),
      {
        prefix: Prefix,
        delimiter: Delimiter,
        after: ContinuationToken === undefined ? StartAfter : placeOf(ContinuationToken),
        limit: Math.min(MaxKeys, MAX_KEYS),
        encodingType: input.EncodingType,
        withOwner: FetchOwner,
      },
      ports,
    )
    return {
      ...shared,
      KeyCount: count,
      ...(ContinuationToken !== undefined && { ContinuationToken }),
      ...(StartAfter !== undefined && { StartAfter: encode(StartAfter) }),
      ...(next !== undefined && { NextContinuationToken: Buffer.from(next).toString('base64') }),
    }
  },
})

function placeOf(token: string): string {
  const place = Buffer.from(token, 'base64').toString()
  if (token === '' || Buffer.from(place).toString('base64') !== token)
    throw new AwsError('InvalidArgument', 'The continuation token provided is incorrect', {
      status: 400,
      fields: { ArgumentName: 'continuation-token' },
    })
  return place
}
