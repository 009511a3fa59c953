import { operation } from '#kit/operation.ts'
import { GetPublicAccessBlock, type GetPublicAccessBlockOutput } from '#services/models/s3.ts'
import { bucketArn } from '../arns.ts'
import { ownBucket } from '../buckets.ts'
import { getSetting } from '../settings.ts'

export default operation(GetPublicAccessBlock, {
  authorize: ({ Bucket }) => ({ action: 's3:GetBucketPublicAccessBlock', resource: bucketArn(Bucket) }),

  run({ Bucket }, caller, ports) {
    return {
      PublicAccessBlockConfiguration: getSetting(
        ownBucket(caller, Bucket, ports),
        'PublicAccessBlock',
      ) as GetPublicAccessBlockOutput['PublicAccessBlockConfiguration'],
    }
  },
})
