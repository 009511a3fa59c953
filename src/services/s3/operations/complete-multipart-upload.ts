import { AwsError } from '#core/aws/aws-error.ts'
import { operation } from '#kit/operation.ts'
import { CompleteMultipartUpload } from '#services/models/s3.ts'
import { objectArn } from '../arns.ts'
import { ownBucket } from '../buckets.ts'
import { givenChecksum, shownChecksum } from '../checksums.ts'
import { checkWrite } from '../conditions.ts'
import { currentContent, putVersion } from '../objects.ts'
import { uploads, within } from '../records.ts'
import { ENCRYPTED, shownVersion } from '../shown.ts'
import { chosenParts, getUpload, joined } from '../uploads.ts'

export default operation(CompleteMultipartUpload, {
  authorize: ({ Bucket, Key }) => ({ action: 's3:PutObject', resource: objectArn(Bucket, Key) }),

  async run(input, caller, ports) {
    const { Bucket, Key, UploadId } = input
    const bucket = ownBucket(caller, Bucket, ports)
    const upload = getUpload(Bucket, Key, UploadId, ports)
    const content = await joined(upload, chosenParts(upload, input.MultipartUpload?.Parts ?? []), ports)
    const given = givenChecksum(input)
    if (given && given.value !== content.checksum?.value)
      throw new AwsError('BadDigest', `The ${given.algorithm} you specified did not match the calculated checksum.`)
    // Another call may have completed or aborted it while the bytes were read.
    getUpload(Bucket, Key, UploadId, ports)
    checkWrite(Key, currentContent(bucket, Key, ports), input)
    const written = putVersion(bucket, Key, content, ports)
    ports.records.delete(uploads, within(Bucket), UploadId)
    return {
      Location: `${caller.endpoint}/${Bucket}/${encodeURIComponent(Key).replaceAll('%2F', '/')}`,
      Bucket,
      Key,
      ETag: written.etag,
      ...shownChecksum(written.checksum),
      ChecksumType: written.checksum?.type,
      ...ENCRYPTED,
      ...shownVersion(written),
    }
  },
})
