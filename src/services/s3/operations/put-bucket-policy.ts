import { operation } from '#kit/operation.ts'
import { PutBucketPolicy } from '#services/models/s3.ts'
import { bucketArn } from '../arns.ts'
import { putBucketPolicy } from '../bucket-policy.ts'
import { ownBucket } from '../buckets.ts'

export default operation(PutBucketPolicy, {
  authorize: ({ Bucket }) => ({ action: 's3:PutBucketPolicy', resource: bucketArn(Bucket) }),

  run({ Bucket, Policy }, caller, ports) {
    putBucketPolicy(ownBucket(caller, Bucket, ports), Policy, ports)
  },
})
