import { operation } from '#kit/operation.ts'
import { HeadBucket } from '#services/models/s3.ts'
import { bucketArn } from '../arns.ts'
import { ownBucket } from '../buckets.ts'

export default operation(HeadBucket, {
  authorize: ({ Bucket }) => ({ action: 's3:ListBucket', resource: bucketArn(Bucket) }),

  run({ Bucket }, caller, ports) {
    return { BucketRegion: ownBucket(caller, Bucket, ports).region, AccessPointAlias: false }
  },
})
