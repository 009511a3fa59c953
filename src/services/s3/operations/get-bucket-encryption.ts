import { operation } from '#kit/operation.ts'
import { GetBucketEncryption, type GetBucketEncryptionOutput } from '#services/models/s3.ts'
import { bucketArn } from '../arns.ts'
import { ownBucket } from '../buckets.ts'
import { encryptionOf } from '../settings.ts'

export default operation(GetBucketEncryption, {
  authorize: ({ Bucket }) => ({ action: 's3:GetEncryptionConfiguration', resource: bucketArn(Bucket) }),

  run({ Bucket }, caller, ports) {
    return {
      ServerSideEncryptionConfiguration: encryptionOf(
        ownBucket(caller, Bucket, ports),
      ) as GetBucketEncryptionOutput['ServerSideEncryptionConfiguration'],
    }
  },
})
