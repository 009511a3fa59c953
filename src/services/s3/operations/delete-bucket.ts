import { operation } from '#kit/operation.ts'
import { DeleteBucket } from '#services/models/s3.ts'
import { bucketArn } from '../arns.ts'
import { deleteBucket, ownBucket } from '../buckets.ts'

export default operation(DeleteBucket, {
  authorize: ({ Bucket }) => ({ action: 's3:DeleteBucket', resource: bucketArn(Bucket) }),

  run({ Bucket }, caller, ports) {
    ownBucket(caller, Bucket, ports)
    deleteBucket(Bucket, ports)
  },
})
