import { operation } from '#kit/operation.ts'
import { HeadObject } from '#services/models/s3.ts'
import { objectArn } from '../arns.ts'
import { ownBucket } from '../buckets.ts'
import { checkRead } from '../conditions.ts'
import { getContent } from '../objects.ts'
import { requestedRange } from '../range.ts'
import { shownContent } from '../shown.ts'

export default operation(HeadObject, {
  authorize: ({ Bucket, Key }) => ({ action: 's3:GetObject', resource: objectArn(Bucket, Key) }),

  run(input, caller, ports) {
    const content = getContent(ownBucket(caller, input.Bucket, ports), input.Key, input.VersionId, ports)
    checkRead(content, input)
    const range = requestedRange(input.Range, content.size)
    return {
      ...shownContent(content, input),
      ContentLength: range ? range.end - range.start + 1 : content.size,
      ...(range && { ContentRange: `bytes ${range.start}-${range.end}/${content.size}` }),
      ...(input.PartNumber !== undefined && content.parts !== undefined && { PartsCount: content.parts }),
    }
  },
})
