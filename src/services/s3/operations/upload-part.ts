import { operation } from '#kit/operation.ts'
import { UploadPart } from '#services/models/s3.ts'
import { objectArn } from '../arns.ts'
import { ownBucket } from '../buckets.ts'
import { shownChecksum } from '../checksums.ts'
import { ENCRYPTED } from '../shown.ts'
import { uploadPart } from '../uploads.ts'

export default operation(UploadPart, {
  authorize: ({ Bucket, Key }) => ({ action: 's3:PutObject', resource: objectArn(Bucket, Key) }),

  async run(input, caller, ports) {
    ownBucket(caller, input.Bucket, ports)
    const { etag, checksum } = await uploadPart(input, input.Body ?? new Uint8Array(), ports)
    return { ETag: etag, ...ENCRYPTED, ...shownChecksum(checksum) }
  },
})
