import { operation } from '#kit/operation.ts'
import { DeleteBucketTagging } from '#services/models/s3.ts'
import { bucketArn } from '../arns.ts'
import { changeBucket, ownBucket } from '../buckets.ts'

export default operation(DeleteBucketTagging, {
  authorize: ({ Bucket }) => ({ action: 's3:PutBucketTagging', resource: bucketArn(Bucket) }),

  run({ Bucket }, caller, ports) {
    changeBucket({ ...ownBucket(caller, Bucket, ports), tags: [] }, ports)
  },
})
