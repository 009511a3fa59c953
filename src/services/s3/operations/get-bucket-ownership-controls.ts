import { operation } from '#kit/operation.ts'
import { GetBucketOwnershipControls, type GetBucketOwnershipControlsOutput } from '#services/models/s3.ts'
import { bucketArn } from '../arns.ts'
import { ownBucket } from '../buckets.ts'
import { getSetting } from '../settings.ts'

export default operation(GetBucketOwnershipControls, {
  authorize: ({ Bucket }) => ({ action: 's3:GetBucketOwnershipControls', resource: bucketArn(Bucket) }),

  run({ Bucket }, caller, ports) {
    return {
      OwnershipControls: getSetting(
        ownBucket(caller, Bucket, ports),
        'OwnershipControls',
      ) as GetBucketOwnershipControlsOutput['OwnershipControls'],
    }
  },
})
