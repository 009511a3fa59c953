import { operation } from '#kit/operation.ts'
import { ListMultipartUploads } from '#services/models/s3.ts'
import { bucketArn } from '../arns.ts'
import { ownBucket } from '../buckets.ts'
import { inOrder } from '../list-page.ts'
import { canonicalId, uploads, within } from '../records.ts'

export default operation(ListMultipartUploads, {
  authorize: ({ Bucket }) => ({ action: 's3:ListBucketMultipartUploads', resource: bucketArn(Bucket) }),

  run({ Bucket, Prefix = '', KeyMarker = '', UploadIdMarker = '', MaxUploads = 1000 }, caller, ports) {
    const bucket = ownBucket(caller, Bucket, ports)
    const rest = ports.records
      .list(uploads, within(Bucket))
      .map(({ value }) => value)
      .filter(({ key }) => key.startsWith(Prefix))
      .sort((a, b) => inOrder(a.key, b.key) || a.startedAt - b.startedAt || inOrder(a.id, b.id))
      .filter(({ key, id }) => inOrder(key, KeyMarker) > 0 || (UploadIdMarker !== '' && key === KeyMarker && id > UploadIdMarker))
    const page = rest.slice(0, MaxUploads)
    const last = page.at(-1)
    const more = page.length < rest.length
    return {
      Bucket,
      KeyMarker,
      UploadIdMarker,
      MaxUploads,
      IsTruncated: more,
      ...(Prefix && { Prefix }),
      ...(more && last && { NextKeyMarker: last.key, NextUploadIdMarker: last.id }),
      Uploads: page.map((upload) => ({
        UploadId: upload.id,
        Key: upload.key,
        Initiated: new Date(upload.startedAt),
        StorageClass: upload.storageClass as 'STANDARD',
        Owner: { ID: canonicalId(bucket.account) },
        Initiator: { ID: canonicalId(bucket.account) },
        ...(upload.checksum && { ChecksumAlgorithm: upload.checksum.algorithm, ChecksumType: upload.checksum.type }),
      })),
    }
  },
})
