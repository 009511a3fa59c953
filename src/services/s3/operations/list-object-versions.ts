import { operation } from '#kit/operation.ts'
import { ListObjectVersions } from '#services/models/s3.ts'
import { bucketArn } from '../arns.ts'
import { ownBucket } from '../buckets.ts'
import { MAX_KEYS } from '../list-contents.ts'
import { inOrder, listPage, urlEncoded } from '../list-page.ts'
import { canonicalId, objects, within } from '../records.ts'
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
      (stored.get(key) ?? []).map((version, index) => ({ key, version, IsLatest: index === 0 })),
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
      Versions: all.flatMap(({ key, version, IsLatest }) =>
        version.kind === 'content'
          ? [
              {
                ...shownInList(encode(key), version, account),
                StorageClass: 'STANDARD' as const,
                VersionId: version.versionId,
                IsLatest,
              },
            ]
          : [],
      ),
      DeleteMarkers: all.flatMap(({ key, version, IsLatest }) =>
        version.kind === 'delete-marker'
          ? [
              {
                Key: encode(key),
                VersionId: version.versionId,
                IsLatest,
                LastModified: new Date(version.modifiedAt),
                Owner: { ID: canonicalId(account) },
              },
            ]
          : [],
      ),
    }
  },
})
