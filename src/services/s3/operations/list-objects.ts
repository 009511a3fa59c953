import { operation } from '#kit/operation.ts'
import { ListObjects } from '#services/models/s3.ts'
import { bucketArn } from '../arns.ts'
import { ownBucket } from '../buckets.ts'
import { listContents, MAX_KEYS } from '../list-contents.ts'

export default operation(ListObjects, {
  authorize: ({ Bucket }) => ({ action: 's3:ListBucket', resource: bucketArn(Bucket) }),

  run({ Bucket, Prefix, Delimiter, MaxKeys = MAX_KEYS, Marker = '', EncodingType }, caller, ports) {
    const query = {
      prefix: Prefix,
      delimiter: Delimiter,
      after: Marker,
      limit: Math.min(MaxKeys, MAX_KEYS),
      encodingType: EncodingType,
    }
    const { shared, next, encode } = listContents(ownBucket(caller, Bucket, ports), { ...query, withOwner: true }, ports)
    // Without a delimiter the caller takes the last key for its next marker.
    return { ...shared, Marker: encode(Marker), ...(next !== undefined && Delimiter && { NextMarker: encode(next) }) }
  },
})
