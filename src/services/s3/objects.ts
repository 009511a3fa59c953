import { AwsError } from '#core/aws/aws-error.ts'
import {
  type Bucket,
  type DeleteMarker,
  type ObjectContent,
  type ObjectVersion,
  objects,
  type S3,
  type StoredObject,
  within,
} from './records.ts'

/** What a write knows of the version it makes; the rest follows from the bucket. */
export type NewContent = Omit<ObjectContent, 'kind' | 'versionId' | 'modifiedAt'>

const KEY_LIMIT = 1024

export function checkKey(key: string): void {
  const size = Buffer.byteLength(key)
  if (size > KEY_LIMIT)
    throw new AwsError('KeyTooLongError', 'Your key is too long', {
      status: 400,
      fields: { MaxSizeAllowed: String(KEY_LIMIT), Size: String(size) },
    })
}

/** Makes this the newest version: beside the older ones where the bucket keeps versions, instead of the unversioned one where not. */
export function putVersion(bucket: Bucket, key: string, content: NewContent, ports: S3): ObjectContent {
  const version = { kind: 'content' as const, ...identity(bucket, ports), ...content }
  saveNewest(bucket, key, version, ports)
  return version
}

/** Without a version: hides the object behind a delete marker where the bucket keeps versions, removes it where not. */
export function deleteObject(bucket: Bucket, key: string, ports: S3): DeleteMarker | undefined {
  if (!bucket.versioning) {
    ports.records.delete(objects, within(bucket.name), key)
    return undefined
  }
  const marker = { kind: 'delete-marker' as const, ...identity(bucket, ports) }
  saveNewest(bucket, key, marker, ports)
  return marker
}

/** Removes one version for good. Answers it, if it was there. */
export function deleteVersion(
  { name }: Bucket,
  key: string,
  versionId: string,
  { records }: Pick<S3, 'records'>,
): ObjectVersion | undefined {
  const versions = records.get(objects, within(name), key)?.versions ?? []
  saveAll(
    name,
    key,
    versions.filter((version) => version.versionId !== versionId),
    { records },
  )
  return versions.find((version) => version.versionId === versionId)
}

function identity({ versioning }: Bucket, { ids, clock }: S3) {
  return { versionId: versioning === 'Enabled' ? ids.alphanumeric(32) : 'null', modifiedAt: clock.now() }
}

function saveNewest({ name }: Bucket, key: string, version: ObjectVersion, { records }: Pick<S3, 'records'>): void {
  const older = records.get(objects, within(name), key)?.versions ?? []
  saveAll(name, key, [version, ...older.filter(({ versionId }) => versionId !== version.versionId)], { records })
}

function saveAll(
  bucket: string,
  key: string,
  [newest, ...older]: readonly ObjectVersion[],
  { records }: Pick<S3, 'records'>,
): void {
  if (newest) records.put(objects, within(bucket), key, { key, versions: [newest, ...older] })
  else records.delete(objects, within(bucket), key)
}

/** Gives the version other tags: all else about it stays, its date too. */
export function retagVersion(
  bucket: Bucket,
  key: string,
  versionId: string | undefined,
  tags: ObjectContent['tags'],
  ports: Pick<S3, 'records'>,
): ObjectContent {
  const tagged = { ...getContent(bucket, key, versionId, ports), tags }
  const versions = ports.records.get(objects, within(bucket.name), key)?.versions ?? []
  saveAll(
    bucket.name,
    key,
    versions.map((version) => (version.versionId === tagged.versionId ? tagged : version)),
    ports,
  )
  return tagged
}

/** The object's newest version, or the one named; S3's refusal where there is none or where it is a delete marker. */
export function getContent(
  { name }: Bucket,
  key: string,
  versionId: string | undefined,
  { records }: Pick<S3, 'records'>,
): ObjectContent {
  const object = records.get(objects, within(name), key)
  const version = versionId === undefined ? object?.versions[0] : object?.versions.find((one) => one.versionId === versionId)
  if (version?.kind === 'content') return version
  if (versionId === undefined)
    throw new AwsError('NoSuchKey', 'The specified key does not exist.', { status: 404, fields: { Key: key } })
  if (version)
    throw new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', {
      status: 405,
      fields: { Method: 'GET', ResourceType: 'DeleteMarker' },
    })
  throw new AwsError('NoSuchVersion', 'The specified version does not exist.', {
    status: 404,
    fields: { Key: key, VersionId: versionId },
  })
}

/** The newest version, unless there is none or it is a delete marker. */
export function currentContent({ name }: Bucket, key: string, { records }: Pick<S3, 'records'>): ObjectContent | undefined {
  const newest = records.get(objects, within(name), key)?.versions[0]
  return newest?.kind === 'content' ? newest : undefined
}

/** The newest version of each key that has one, by key. */
export function currentContents(bucket: string, { records }: Pick<S3, 'records'>): ReadonlyMap<string, ObjectContent> {
  const current = records.list(objects, within(bucket)).flatMap(({ value }) => contentOf(value))
  return new Map(current)
}

function contentOf({ key, versions: [newest] }: StoredObject): readonly (readonly [string, ObjectContent])[] {
  return newest.kind === 'content' ? [[key, newest]] : []
}

/** The bytes from `start` up to and with `end`; all of them unless told. */
export async function readBytes(
  { chunks, size }: Pick<ObjectContent, 'chunks' | 'size'>,
  { blobs }: Pick<S3, 'blobs'>,
  { start, end } = { start: 0, end: size - 1 },
): Promise<Uint8Array> {
  const wanted: Uint8Array[] = []
  let offset = 0
  for (const chunk of chunks) {
    const from = Math.max(start - offset, 0)
    const to = Math.min(end + 1 - offset, chunk.size)
    if (from < to) wanted.push((await blobs.get(chunk.blob)).subarray(from, to))
    offset += chunk.size
  }
  const [only] = wanted
  return wanted.length === 1 && only ? only : Buffer.concat(wanted)
}
