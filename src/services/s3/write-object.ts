import { createHash } from 'node:crypto'
import { getBucket } from './buckets.ts'
import { type ChecksumMembers, checkedChecksum, checkMd5 } from './checksums.ts'
import { checkWrite, type ReadConditions } from './conditions.ts'
import { type ContentMembers, describedContent } from './content.ts'
import { checkKey, currentContent, putVersion } from './objects.ts'
import type { ObjectContent, S3 } from './records.ts'

export interface Writing extends ChecksumMembers, Pick<ReadConditions, 'IfMatch' | 'IfNoneMatch'> {
  readonly Bucket: string
  readonly Key: string
  readonly ContentMD5?: string | undefined
  readonly ChecksumAlgorithm?: string | undefined
}

/** Writes a whole object, if what it brings of digests and conditions holds. */
export async function writeObject(given: Writing & ContentMembers, bytes: Uint8Array, ports: S3): Promise<ObjectContent> {
  checkKey(given.Key)
  checkMd5(given.ContentMD5, bytes)
  const checksum = checkedChecksum(given, given.ChecksumAlgorithm, bytes)
  const content = {
    etag: `"${createHash('md5').update(bytes).digest('hex')}"`,
    size: bytes.length,
    chunks: [{ blob: await ports.blobs.put(bytes), size: bytes.length }],
    checksum,
    ...describedContent(given),
  }
  // Asked only now: between the question and the record there is no moment for another write.
  const bucket = getBucket(given.Bucket, ports)
  checkWrite(given.Key, currentContent(bucket, given.Key, ports), given)
  return putVersion(bucket, given.Key, content, ports)
}
