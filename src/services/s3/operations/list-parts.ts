import { operation } from '#kit/operation.ts'
import { ListParts } from '#services/models/s3.ts'
import { objectArn } from '../arns.ts'
import { ownBucket } from '../buckets.ts'
import { shownChecksum } from '../checksums.ts'
import { canonicalId } from '../records.ts'
import { getUpload } from '../uploads.ts'

export default operation(ListParts, {
  authorize: ({ Bucket, Key }) => ({ action: 's3:ListMultipartUploadParts', resource: objectArn(Bucket, Key) }),

  run({ Bucket, Key, UploadId, MaxParts = 1000, PartNumberMarker = 0 }, caller, ports) {
    const bucket = ownBucket(caller, Bucket, ports)
    const { parts, storageClass, checksum } = getUpload(Bucket, Key, UploadId, ports)
    const rest = Object.values(parts)
      .filter(({ number }) => number > PartNumberMarker)
      .sort((a, b) => a.number - b.number)
    const page = rest.slice(0, MaxParts)
    return {
      Bucket,
      Key,
      UploadId,
      PartNumberMarker,
      NextPartNumberMarker: page.at(-1)?.number ?? 0,
      MaxParts,
      IsTruncated: page.length < rest.length,
      Parts: page.map((part) => ({
        PartNumber: part.number,
        LastModified: new Date(part.modifiedAt),
        ETag: part.etag,
        Size: part.size,
        ...(checksum && shownChecksum(part.checksum)),
      })),
      Owner: { ID: canonicalId(bucket.account) },
      Initiator: { ID: caller.principalArn, DisplayName: caller.principalArn },
      StorageClass: storageClass as 'STANDARD',
      ...(checksum && { ChecksumAlgorithm: checksum.algorithm, ChecksumType: checksum.type }),
    }
  },
})
