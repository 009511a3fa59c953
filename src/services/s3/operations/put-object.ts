import { operation } from '#kit/operation.ts'
import { PutObject } from '#services/models/s3.ts'
import { objectArn } from '../arns.ts'
import { ownBucket } from '../buckets.ts'
import { shownChecksum } from '../checksums.ts'
import { ENCRYPTED, shownVersion } from '../shown.ts'
import { writeObject } from '../write-object.ts'

export default operation(PutObject, {
  authorize: ({ Bucket, Key }) => ({ action: 's3:PutObject', resource: objectArn(Bucket, Key) }),

  async run(input, caller, ports) {
    ownBucket(caller, input.Bucket, ports)
    const written = await writeObject(input, input.Body ?? new Uint8Array(), ports)
    return {
      ETag: written.etag,
      ...shownChecksum(written.checksum),
      ChecksumType: written.checksum?.type,
      ...ENCRYPTED,
      ...shownVersion(written),
    }
  },
})
