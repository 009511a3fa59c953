import { operation } from '#kit/operation.ts'
import { PutObjectTagging } from '#services/models/s3.ts'
import { objectArn } from '../arns.ts'
import { ownBucket } from '../buckets.ts'
import { retagVersion } from '../objects.ts'
import { shownVersion } from '../shown.ts'

export default operation(PutObjectTagging, {
  authorize: ({ Bucket, Key }) => ({ action: 's3:PutObjectTagging', resource: objectArn(Bucket, Key) }),

  run({ Bucket, Key, VersionId, Tagging: { TagSet } }, caller, ports) {
    const tags = TagSet.map((tag) => ({ Key: tag.Key ?? '', Value: tag.Value ?? '' }))
    return shownVersion(retagVersion(ownBucket(caller, Bucket, ports), Key, VersionId, tags, ports))
  },
})
