import { operation } from '#kit/operation.ts'
import type * as Model from '#services/models/s3.ts'
import { ListObjectVersions } from '#services/models/s3.ts'
import { bucketArn } from '../arns.ts'
import { ownBucket } from '../buckets.ts'
import { MAX_KEYS } from '../list-contents.ts'
import { inOrder, listPage, urlEncoded } from '../list-page.ts'
import { canonicalId, type ObjectVersion, objects, within } from '../records.ts'
import { shownInList } from '../shown.ts'

export default operation(ListObjectVersions, {
  authorize: ({ Bucket }) => ({ action: 's3:ListBucketVersions', resource: bucketArn(Bucket) }),

  /** A page ends between two keys: all versions of a key are answered together, so it may hold more than was asked. */
  run({ Bucket, Prefix = '', Delimiter, KeyMarker = '', MaxKeys = MAX_KEYS, EncodingType }, caller, ports) {
    const { account } = ownBucket(caller, Bucket, ports)
    const stored = new Map(ports.records.list(objects, within(Bucket)).map(({ value }) => [value.key, value.versions]))
    const limit = Math.min(MaxKeys, MAX_KEYS)
    const query = { prefix: Prefix, delimiter: Delimiter, after: KeyMarker, limit }
    const page = listPage([...stored.keys()].sort(inOrder), query)
    const encode = EncodingType === 'url' ? urlEncoded : (text: string) => text
    const all = page.keys.flatMap((key) =>
      (stored.get(key) ?? []).map((version, index) => ({ Key: encode(key), version, IsLatest: index === 0 })),
    )
    return {
      Name: Bucket,
      Prefix: encode(Prefix),
      KeyMarker: encode(KeyMarker),
      VersionIdMarker: '',
      MaxKeys: limit,
      IsTruncated: page.next !== undefined,
      ...(Delimiter && { Delimiter: encode(Delimiter) }),
      ...(EncodingType && { EncodingType }),
      ...(page.next !== undefined && { NextKeyMarker: encode(page.next) }),
      CommonPrefixes: page.commonPrefixes.map((prefix) => ({ Prefix: encode(prefix) })),
      Versions: all.flatMap((one) => shownVersions(one, account)),
      DeleteMarkers: all.flatMap((one) => shownMarkers(one, account)),
    }
  },
})

interface ListedVersion {
  readonly Key: string
  readonly version: ObjectVersion
  readonly IsLatest: boolean
}

function shownVersions({ Key, version, IsLatest }: ListedVersion, account: string): readonly Model.ObjectVersion[] {
  if (version.kind !== 'content') return []
  const { versionId: VersionId } = version
  return [{ ...shownInList(Key, version, account), StorageClass: 'STANDARD', VersionId, IsLatest }]
}

function shownMarkers({ Key, version, IsLatest }: ListedVersion, account: string): readonly Model.DeleteMarkerEntry[] {
  if (version.kind !== 'delete-marker') return []
  const { versionId: VersionId, modifiedAt } = version
  return [{ Key, VersionId, IsLatest, LastModified: new Date(modifiedAt), Owner: { ID: canonicalId(account) } }]
}
