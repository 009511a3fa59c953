import { operation } from '#kit/operation.ts'
import { AbortMultipartUpload } from '#services/models/s3.ts'
import { objectArn } from '../arns.ts'
import { ownBucket } from '../buckets.ts'
import { uploads, within } from '../records.ts'
import { getUpload } from '../uploads.ts'

export default operation(AbortMultipartUpload, {
  authorize: ({ Bucket, Key }) => ({ action: 's3:AbortMultipartUpload', resource: objectArn(Bucket, Key) }),

  run({ Bucket, Key, UploadId }, caller, ports) {
    ownBucket(caller, Bucket, ports)
    getUpload(Bucket, Key, UploadId, ports)
    ports.records.delete(uploads, within(Bucket), UploadId)
    return {}
  },
})
