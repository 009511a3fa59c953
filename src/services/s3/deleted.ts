import { deleteObject, deleteVersion } from './objects.ts'
import type { Bucket, S3 } from './records.ts'

/** Deletes an object or one version of it, and says what S3 says of it. What is not there counts as deleted. */
export function deleted(
  bucket: Bucket,
  { Key, VersionId }: { readonly Key: string; readonly VersionId?: string | undefined },
  ports: S3,
): { DeleteMarker?: boolean; MarkerVersionId?: string } {
  if (VersionId === undefined) {
    const marker = deleteObject(bucket, Key, ports)
    return marker ? { DeleteMarker: true, MarkerVersionId: marker.versionId } : {}
  }
  const gone = deleteVersion(bucket, Key, VersionId, ports)
  return gone?.kind === 'delete-marker' ? { DeleteMarker: true, MarkerVersionId: VersionId } : {}
}
