import { AwsError } from '#core/aws/aws-error.ts'
import { operation } from '#kit/operation.ts'
import { GetBucketTagging } from '#services/models/s3.ts'
import { bucketArn } from '../arns.ts'
import { ownBucket } from '../buckets.ts'

export default operation(GetBucketTagging, {
  authorize: ({ Bucket }) => ({ action: 's3:GetBucketTagging', resource: bucketArn(Bucket) }),

  run({ Bucket }, caller, ports) {
    const { tags } = ownBucket(caller, Bucket, ports)
    if (tags.length === 0)
      throw new AwsError('NoSuchTagSet', 'The TagSet does not exist', { status: 404, fields: { BucketName: Bucket } })
    return { TagSet: tags }
  },
})
