import { operation } from '#kit/operation.ts'
import { GetBucketVersioning } from '#services/models/s3.ts'
import { bucketArn } from '../arns.ts'
import { ownBucket } from '../buckets.ts'

export default operation(GetBucketVersioning, {
  authorize: ({ Bucket }) => ({ action: 's3:GetBucketVersioning', resource: bucketArn(Bucket) }),

  run({ Bucket }, caller, ports) {
    const { versioning } = ownBucket(caller, Bucket, ports)
    return versioning ? { Status: versioning } : {}
  },
})
