import { AwsError } from '#core/aws/aws-error.ts'
import { operation } from '#kit/operation.ts'
import { DeleteObjects } from '#services/models/s3.ts'
import { bucketArn } from '../arns.ts'
import { ownBucket } from '../buckets.ts'
import { deleted } from '../deleted.ts'

export default operation(DeleteObjects, {
  authorize: ({ Bucket }) => ({ action: 's3:DeleteObject', resource: bucketArn(Bucket) }),

  run({ Bucket, Delete: { Objects, Quiet = false } }, caller, ports) {
    const bucket = ownBucket(caller, Bucket, ports)
    if (Objects.length > 1000 || Objects.length === 0)
      throw new AwsError(
        'MalformedXML',
        'The XML you provided was not well-formed or did not validate against our published schema',
        {
          status: 400,
        },
      )
    const Deleted = Objects.map(({ Key, VersionId }) => {
      const { DeleteMarker, MarkerVersionId } = deleted(bucket, { Key, VersionId }, ports)
      return { Key, VersionId, DeleteMarker, DeleteMarkerVersionId: MarkerVersionId }
    })
    return Quiet ? {} : { Deleted }
  },
})
