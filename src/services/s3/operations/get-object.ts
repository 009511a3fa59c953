import { operation } from '#kit/operation.ts'
import { GetObject, type GetObjectRequest } from '#services/models/s3.ts'
import { objectArn } from '../arns.ts'
import { ownBucket } from '../buckets.ts'
import { checkRead } from '../conditions.ts'
import { getContent, readBytes } from '../objects.ts'
import { requestedRange } from '../range.ts'
import { shownContent } from '../shown.ts'

export default operation(GetObject, {
  authorize: ({ Bucket, Key }) => ({ action: 's3:GetObject', resource: objectArn(Bucket, Key) }),

  async run(input, caller, ports) {
    const content = getContent(ownBucket(caller, input.Bucket, ports), input.Key, input.VersionId, ports)
    checkRead(content, input)
    const range = requestedRange(input.Range, content.size)
    const Body = await readBytes(content, ports, range)
    const shown = shownContent(content, range ? {} : input)
    return {
      ...shown,
      Body,
      ContentLength: Body.length,
      ...(range && { ContentRange: `bytes ${range.start}-${range.end}/${content.size}` }),
      ...overridden(input),
    }
  },
})

/** A presigned link may say how its answer is to be shown. */
function overridden(input: GetObjectRequest) {
  const { ResponseExpires } = input
  const headers = {
    CacheControl: input.ResponseCacheControl,
    ContentDisposition: input.ResponseContentDisposition,
    ContentEncoding: input.ResponseContentEncoding,
    ContentLanguage: input.ResponseContentLanguage,
    ContentType: input.ResponseContentType,
    Expires: ResponseExpires?.toUTCString(),
  }
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined))
}
