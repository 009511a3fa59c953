import { operation } from '#kit/operation.ts'
import { GetObjectTagging } from '#services/models/s3.ts'
import { objectArn } from '../arns.ts'
import { ownBucket } from '../buckets.ts'
import { getContent } from '../objects.ts'
import { shownVersion } from '../shown.ts'

export default operation(GetObjectTagging, {
  authorize: ({ Bucket, Key }) => ({ action: 's3:GetObjectTagging', resource: objectArn(Bucket, Key) }),

  run({ Bucket, Key, VersionId }, caller, ports) {
    const content = getContent(ownBucket(caller, Bucket, ports), Key, VersionId, ports)
    return { TagSet: content.tags, ...shownVersion(content) }
  },
})
