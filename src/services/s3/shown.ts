import type { Object as ListedObject } from '#services/models/s3.ts'
import { shownChecksum } from './checksums.ts'
import { canonicalId, type ObjectContent } from './records.ts'

/** S3 encrypts every object since 2023, and says so. */
export const ENCRYPTED = { ServerSideEncryption: 'AES256' } as const

/** What GetObject and HeadObject say about an object, apart from its bytes. */
export function shownContent(content: ObjectContent, { ChecksumMode }: { readonly ChecksumMode?: string | undefined }) {
  return {
    AcceptRanges: 'bytes',
    LastModified: new Date(content.modifiedAt),
    ETag: content.etag,
    ...content.headers,
    Metadata: content.metadata,
    ...ENCRYPTED,
    ...shownVersion(content),
    ...(content.storageClass !== 'STANDARD' && { StorageClass: content.storageClass as 'STANDARD_IA' }),
    ...(content.tags.length > 0 && { TagCount: content.tags.length }),
    ...(ChecksumMode === 'ENABLED' && { ...shownChecksum(content.checksum), ChecksumType: content.checksum?.type }),
  }
}

/** Objects from before versioning show no version. */
export function shownVersion({ versionId }: { readonly versionId: string }): { VersionId?: string } {
  return versionId === 'null' ? {} : { VersionId: versionId }
}

/** An object in a list. */
export function shownInList(key: string, content: ObjectContent, ownerAccount: string | undefined): ListedObject {
  return {
    Key: key,
    LastModified: new Date(content.modifiedAt),
    ETag: content.etag,
    ...(content.checksum && { ChecksumAlgorithm: [content.checksum.algorithm], ChecksumType: content.checksum.type }),
    Size: content.size,
    StorageClass: content.storageClass as 'STANDARD',
    ...(ownerAccount && { Owner: { ID: canonicalId(ownerAccount) } }),
  }
}
