import { operation } from '#kit/operation.ts'
import { UploadPartCopy } from '#services/models/s3.ts'
import { objectArn } from '../arns.ts'
import { ownBucket } from '../buckets.ts'
import { shownChecksum } from '../checksums.ts'
import { copiedObject } from '../copy-source.ts'
import { readBytes } from '../objects.ts'
import { requestedRange } from '../range.ts'
import { ENCRYPTED } from '../shown.ts'
import { uploadPart } from '../uploads.ts'

export default operation(UploadPartCopy, {
  authorize: ({ Bucket, Key }) => ({ action: 's3:PutObject', resource: objectArn(Bucket, Key) }),

  async run(input, caller, ports) {
    const { Bucket, Key, UploadId, PartNumber } = input
    ownBucket(caller, Bucket, ports)
    const source = copiedObject(caller, input, ports)
    const bytes = await readBytes(source, ports, requestedRange(input.CopySourceRange, source.size))
    const { etag, checksum, modifiedAt } = await uploadPart({ Bucket, Key, UploadId, PartNumber }, bytes, ports)
    return {
      CopyPartResult: { ETag: etag, LastModified: new Date(modifiedAt), ...shownChecksum(checksum) },
      ...ENCRYPTED,
    }
  },
})
