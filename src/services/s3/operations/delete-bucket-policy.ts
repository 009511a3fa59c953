import { operation } from '#kit/operation.ts'
import { DeleteBucketPolicy } from '#services/models/s3.ts'
import { bucketArn } from '../arns.ts'
import { removeBucketPolicy } from '../bucket-policy.ts'
import { ownBucket } from '../buckets.ts'

export default operation(DeleteBucketPolicy, {
  authorize: ({ Bucket }) => ({ action: 's3:DeleteBucketPolicy', resource: bucketArn(Bucket) }),

  run({ Bucket }, caller, ports) {
    removeBucketPolicy(ownBucket(caller, Bucket, ports), ports)
  },
})
