import { operation } from '#kit/operation.ts'
import { PutBucketOwnershipControls } from '#services/models/s3.ts'
import { bucketArn } from '../arns.ts'
import { ownBucket } from '../buckets.ts'
import { putSetting } from '../settings.ts'

export default operation(PutBucketOwnershipControls, {
  authorize: ({ Bucket }) => ({ action: 's3:PutBucketOwnershipControls', resource: bucketArn(Bucket) }),

  run({ Bucket, OwnershipControls }, caller, ports) {
    putSetting(ownBucket(caller, Bucket, ports), 'OwnershipControls', OwnershipControls, ports)
  },
})
