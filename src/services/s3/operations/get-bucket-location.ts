import { operation } from '#kit/operation.ts'
import { GetBucketLocation } from '#services/models/s3.ts'
import { bucketArn } from '../arns.ts'
import { ownBucket } from '../buckets.ts'

export default operation(GetBucketLocation, {
  authorize: ({ Bucket }) => ({ action: 's3:GetBucketLocation', resource: bucketArn(Bucket) }),

  /** The oldest region has no name here. */
  run({ Bucket }, caller, ports) {
    const { region } = ownBucket(caller, Bucket, ports)
    return region === 'us-east-1' ? {} : { LocationConstraint: region as 'eu-central-1' }
  },
})
