import { operation } from '#kit/operation.ts'
import { DeleteObject } from '#services/models/s3.ts'
import { objectArn } from '../arns.ts'
import { ownBucket } from '../buckets.ts'
import { deleted } from '../deleted.ts'

export default operation(DeleteObject, {
  authorize: ({ Bucket, Key }) => ({ action: 's3:DeleteObject', resource: objectArn(Bucket, Key) }),

  run({ Bucket, Key, VersionId }, caller, ports) {
    const { DeleteMarker, MarkerVersionId } = deleted(ownBucket(caller, Bucket, ports), { Key, VersionId }, ports)
    return { ...(DeleteMarker && { DeleteMarker }), VersionId: MarkerVersionId ?? VersionId }
  },
})
