import { operation } from '#kit/operation.ts'
import { PutPublicAccessBlock } from '#services/models/s3.ts'
import { bucketArn } from '../arns.ts'
import { ownBucket } from '../buckets.ts'
import { putSetting } from '../settings.ts'

export default operation(PutPublicAccessBlock, {
  authorize: ({ Bucket }) => ({ action: 's3:PutBucketPublicAccessBlock', resource: bucketArn(Bucket) }),

  run({ Bucket, PublicAccessBlockConfiguration }, caller, ports) {
    putSetting(ownBucket(caller, Bucket, ports), 'PublicAccessBlock', PublicAccessBlockConfiguration, ports)
  },
})
