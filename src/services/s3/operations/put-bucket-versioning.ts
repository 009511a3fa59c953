import { AwsError } from '#core/aws/aws-error.ts'
import { operation } from '#kit/operation.ts'
import { PutBucketVersioning } from '#services/models/s3.ts'
import { bucketArn } from '../arns.ts'
import { changeBucket, ownBucket } from '../buckets.ts'

export default operation(PutBucketVersioning, {
  authorize: ({ Bucket }) => ({ action: 's3:PutBucketVersioning', resource: bucketArn(Bucket) }),

  run({ Bucket, VersioningConfiguration: { Status } }, caller, ports) {
    const bucket = ownBucket(caller, Bucket, ports)
    if (Status === undefined)
      throw new AwsError('IllegalVersioningConfigurationException', 'The Versioning element must be specified', { status: 400 })
    changeBucket({ ...bucket, versioning: Status }, ports)
  },
})
