import { operation } from '#kit/operation.ts'
import { PutBucketTagging } from '#services/models/s3.ts'
import { bucketArn } from '../arns.ts'
import { changeBucket, ownBucket } from '../buckets.ts'

export default operation(PutBucketTagging, {
  authorize: ({ Bucket }) => ({ action: 's3:PutBucketTagging', resource: bucketArn(Bucket) }),

  run({ Bucket, Tagging: { TagSet } }, caller, ports) {
    const tags = TagSet.map(({ Key = '', Value = '' }) => ({ Key, Value }))
    changeBucket({ ...ownBucket(caller, Bucket, ports), tags }, ports)
  },
})
