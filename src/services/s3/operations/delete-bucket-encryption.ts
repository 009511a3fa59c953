import { operation } from '#kit/operation.ts'
import { DeleteBucketEncryption } from '#services/models/s3.ts'
import { bucketArn } from '../arns.ts'
import { ownBucket } from '../buckets.ts'
import { putSetting } from '../settings.ts'

export default operation(DeleteBucketEncryption, {
  authorize: ({ Bucket }) => ({ action: 's3:PutEncryptionConfiguration', resource: bucketArn(Bucket) }),

  run({ Bucket }, caller, ports) {
    putSetting(ownBucket(caller, Bucket, ports), 'Encryption', undefined, ports)
  },
})
