import { AwsError } from '#core/aws/aws-error.ts'
import { operation } from '#kit/operation.ts'
import { GetBucketPolicy } from '#services/models/s3.ts'
import { bucketArn } from '../arns.ts'
import { ownBucket } from '../buckets.ts'

export default operation(GetBucketPolicy, {
  authorize: ({ Bucket }) => ({ action: 's3:GetBucketPolicy', resource: bucketArn(Bucket) }),

  run({ Bucket }, caller, ports) {
    const { policy } = ownBucket(caller, Bucket, ports)
    if (policy === undefined)
      throw new AwsError('NoSuchBucketPolicy', 'The bucket policy does not exist', {
        status: 404,
        fields: { BucketName: Bucket },
      })
    return { Policy: policy }
  },
})
