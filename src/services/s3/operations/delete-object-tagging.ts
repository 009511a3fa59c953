import { operation } from '#kit/operation.ts'
import { DeleteObjectTagging } from '#services/models/s3.ts'
import { objectArn } from '../arns.ts'
import { ownBucket } from '../buckets.ts'
import { retagVersion } from '../objects.ts'
import { shownVersion } from '../shown.ts'

export default operation(DeleteObjectTagging, {
  authorize: ({ Bucket, Key }) => ({ action: 's3:DeleteObjectTagging', resource: objectArn(Bucket, Key) }),

  run: ({ Bucket, Key, VersionId }, caller, ports) =>
    shownVersion(retagVersion(ownBucket(caller, Bucket, ports), Key, VersionId, [], ports)),
})
