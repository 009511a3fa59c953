import { beforeEach, describe, expect, test } from 'vitest'
import type { Operation } from '#kit/operation.ts'
import type { Ports } from '#kit/ports.ts'
import { type FakeClock, fakeClock } from '#kit/testing/fake-clock.ts'
import { fakePorts } from '#kit/testing/fake-ports.ts'
import { fakeCaller } from '#kit/testing/fake-request.ts'
import { createBucket, deleteBucket } from './buckets.ts'
import { objectsPort } from './objects-port.ts'
import copyObject from './operations/copy-object.ts'
import deleteObject from './operations/delete-object.ts'
import deleteObjects from './operations/delete-objects.ts'
import getObject from './operations/get-object.ts'
import headObject from './operations/head-object.ts'
import listObjectVersions from './operations/list-object-versions.ts'
import listObjectsV2 from './operations/list-objects-v2.ts'
import putBucketVersioning from './operations/put-bucket-versioning.ts'
import putObject from './operations/put-object.ts'

const caller = fakeCaller()
const Bucket = 'the-bucket'
let clock: FakeClock
let ports: Ports

beforeEach(() => {
  clock = fakeClock()
  ports = fakePorts({ clock })
  createBucket(caller, Bucket, ports)
})

const text = (value: unknown) => Buffer.from(value as Uint8Array).toString()
const put = async (Key: string, body = 'hello', more = {}) =>
  putObject.run({ Bucket, Key, Body: Buffer.from(body), ...more }, caller, ports)
const get = async (Key: string, more = {}) => getObject.run({ Bucket, Key, ...more }, caller, ports)
const refused = (code: string, status?: number) => expect.objectContaining({ code, ...(status === undefined ? {} : { status }) })

/** Runs an operation so that a refusal is a rejection, whether it came at once or later. */
const attempt = async <Input, Output>(operation: Operation<Input, Output>, input: Input, who = caller) =>
  operation.run(input, who, ports)

test('an object comes back with its bytes, headers and metadata', async () => {
  const { ETag } = await put('dir/a.txt', 'hello', {
    ContentType: 'text/plain',
    ContentEncoding: 'aws-chunked,gzip',
    Metadata: { who: 'me' },
    StorageClass: 'STANDARD_IA',
  })
  expect(ETag).toBe('"5d41402abc4b2a76b9719d911017c592"')
  const object = await get('dir/a.txt')
  expect(text(object.Body)).toBe('hello')
  expect(object).toMatchObject({
    ETag,
    ContentLength: 5,
    ContentType: 'text/plain',
    ContentEncoding: 'gzip',
    Metadata: { who: 'me' },
    StorageClass: 'STANDARD_IA',
    LastModified: new Date(clock.now()),
  })
  expect(await headObject.run({ Bucket, Key: 'dir/a.txt' }, caller, ports)).toEqual({ ...object, Body: undefined })
})

test('an object that says nothing of itself is bytes in the standard class', async () => {
  await put('a')
  expect(await get('a')).toMatchObject({ ContentType: 'binary/octet-stream', Metadata: {} })
})

test('a range answers its bytes and where they stand', async () => {
  await put('a', '0123456789')
  const part = await get('a', { Range: 'bytes=2-4', ChecksumMode: 'ENABLED' })
  expect([text(part.Body), part.ContentRange, part.ContentLength]).toEqual(['234', 'bytes 2-4/10', 3])
  expect(part.ChecksumCRC64NVME).toBeUndefined()
  await expect(get('a', { Range: 'bytes=10-' })).rejects.toEqual(refused('InvalidRange', 416))
})

test('a checksum is verified, kept, and shown to those who ask', async () => {
  await put('a', '123456789', { ChecksumCRC32C: '4waSgw==' })
  expect(await get('a', { ChecksumMode: 'ENABLED' })).toMatchObject({ ChecksumCRC32C: '4waSgw==', ChecksumType: 'FULL_OBJECT' })
  expect(await get('a')).not.toHaveProperty('ChecksumCRC32C')
  await expect(put('b', 'other', { ChecksumCRC32C: '4waSgw==' })).rejects.toEqual(refused('BadDigest'))
  await expect(get('b')).rejects.toEqual(refused('NoSuchKey', 404))
})

describe('conditions', () => {
  const hello = '"5d41402abc4b2a76b9719d911017c592"'
  const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1000)

  test.each([
    [{ IfMatch: hello }, undefined],
    [{ IfMatch: '*' }, undefined],
    [{ IfMatch: '"other"' }, 412],
    [{ IfNoneMatch: '"other"' }, undefined],
    [{ IfNoneMatch: hello }, 304],
    [{ IfModifiedSince: at(-1) }, undefined],
    [{ IfModifiedSince: at(0) }, 304],
    [{ IfUnmodifiedSince: at(0) }, undefined],
    [{ IfUnmodifiedSince: at(-1) }, 412],
    [{ IfMatch: hello, IfUnmodifiedSince: at(-1) }, undefined],
    [{ IfNoneMatch: '"other"', IfModifiedSince: at(0) }, undefined],
  ])('reading with %j: %s', async (conditions, status) => {
    await put('a')
    if (status) await expect(get('a', conditions)).rejects.toMatchObject({ status })
    else expect(text((await get('a', conditions)).Body)).toBe('hello')
  })

  test('a write may ask to be the first, or to replace what it knows', async () => {
    await put('a', 'hello', { IfNoneMatch: '*' })
    await expect(put('a', 'again', { IfNoneMatch: '*' })).rejects.toEqual(refused('PreconditionFailed', 412))
    await expect(put('a', 'again', { IfMatch: '"other"' })).rejects.toEqual(refused('PreconditionFailed', 412))
    await expect(put('b', 'again', { IfMatch: hello })).rejects.toEqual(refused('NoSuchKey', 404))
    await put('a', 'again', { IfMatch: hello })
    expect(text((await get('a')).Body)).toBe('again')
  })

  test('of many writes that each ask to be the first, one is', async () => {
    const writes = await Promise.allSettled(['1', '2', '3', '4'].map((body) => put('a', body, { IfNoneMatch: '*' })))
    expect(writes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected'])
  })
})

describe('a copy', () => {
  test('brings metadata along, or replaces it', async () => {
    await put('a b', 'hello', { Metadata: { one: '1' } })
    const source = { Bucket, CopySource: `${Bucket}/a%20b` }
    await copyObject.run({ ...source, Key: 'same' }, caller, ports)
    await copyObject.run({ ...source, Key: 'new', MetadataDirective: 'REPLACE', Metadata: { two: '2' } }, caller, ports)
    expect([(await get('same')).Metadata, (await get('new')).Metadata, text((await get('new')).Body)]).toEqual([
      { one: '1' },
      { two: '2' },
      'hello',
    ])
  })

  test.each([
    ['onto itself unchanged', { Key: 'a', CopySource: `/${Bucket}/a` }, 'InvalidRequest'],
    ['of nothing', { Key: 'b', CopySource: `${Bucket}/none` }, 'NoSuchKey'],
    ['without a key', { Key: 'b', CopySource: Bucket }, 'InvalidArgument'],
    ['of what it has already', { Key: 'b', CopySource: `${Bucket}/a`, CopySourceIfNoneMatch: '*' }, 'PreconditionFailed'],
  ])('%s is refused', async (_name, input, code) => {
    await put('a')
    await expect(attempt(copyObject, { Bucket, ...input })).rejects.toEqual(refused(code))
  })
})

describe('versions', () => {
  beforeEach(() => putBucketVersioning.run({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }, caller, ports))

  test('a newer object hides the older, which stays', async () => {
    const one = await put('a', 'one')
    await put('a', 'two')
    expect([text((await get('a')).Body), text((await get('a', { VersionId: one.VersionId })).Body)]).toEqual(['two', 'one'])
  })

  test('a delete hides everything, and deleting its marker brings it back', async () => {
    await put('a', 'one')
    const marker = await deleteObject.run({ Bucket, Key: 'a' }, caller, ports)
    expect(marker).toMatchObject({ DeleteMarker: true, VersionId: expect.any(String) })
    await expect(get('a')).rejects.toEqual(refused('NoSuchKey', 404))
    await expect(get('a', { VersionId: marker.VersionId })).rejects.toEqual(refused('MethodNotAllowed', 405))
    const listed = await listObjectVersions.run({ Bucket }, caller, ports)
    expect([listed.Versions?.length, listed.DeleteMarkers?.[0]?.IsLatest]).toEqual([1, true])
    await deleteObject.run({ Bucket, Key: 'a', VersionId: marker.VersionId }, caller, ports)
    expect(text((await get('a')).Body)).toBe('one')
  })

  test('a bucket with nothing but hidden versions is not empty', async () => {
    await put('a')
    await deleteObject.run({ Bucket, Key: 'a' }, caller, ports)
    expect(() => deleteBucket(Bucket, ports)).toThrow('The bucket you tried to delete is not empty')
  })

  test('suspended, writes replace the one version without an id', async () => {
    await put('a', 'kept')
    await putBucketVersioning.run({ Bucket, VersioningConfiguration: { Status: 'Suspended' } }, caller, ports)
    await put('a', 'first')
    await put('a', 'second')
    const { Versions } = await listObjectVersions.run({ Bucket }, caller, ports)
    expect(Versions?.map(({ VersionId }) => VersionId === 'null')).toEqual([true, false])
  })
})

test('deleting many says what went, unless told to be quiet', async () => {
  await put('a')
  const objects = { Objects: [{ Key: 'a' }, { Key: 'never-there' }] }
  const answer = await deleteObjects.run({ Bucket, Delete: objects }, caller, ports)
  expect(answer.Deleted?.map(({ Key }) => Key)).toEqual(['a', 'never-there'])
  expect(await deleteObjects.run({ Bucket, Delete: { ...objects, Quiet: true } }, caller, ports)).toEqual({})
})

test('a list goes on where its token says, and encodes keys when asked', async () => {
  for (const key of ['a b', 'dir/one', 'dir/two', 'z']) await put(key)
  const first = await listObjectsV2.run({ Bucket, Delimiter: '/', MaxKeys: 2, EncodingType: 'url' }, caller, ports)
  expect([first.Contents?.map(({ Key }) => Key), first.CommonPrefixes, first.KeyCount, first.IsTruncated]).toEqual([
    ['a+b'],
    [{ Prefix: 'dir/' }],
    2,
    true,
  ])
  const ContinuationToken = first.NextContinuationToken
  const second = await listObjectsV2.run({ Bucket, Delimiter: '/', ContinuationToken }, caller, ports)
  expect([second.Contents?.map(({ Key }) => Key), second.CommonPrefixes, second.IsTruncated]).toEqual([['z'], [], false])
  await expect(attempt(listObjectsV2, { Bucket, ContinuationToken: '!' })).rejects.toEqual(refused('InvalidArgument'))
})

test('a bucket is closed to another account, for reading and for writing', async () => {
  await put('a')
  const stranger = fakeCaller({ account: '222222222222' })
  const at = { Bucket, Key: 'a' }
  const denied = refused('AccessDenied', 403)
  await expect(attempt(getObject, at, stranger)).rejects.toEqual(denied)
  await expect(attempt(headObject, at, stranger)).rejects.toEqual(denied)
  await expect(attempt(putObject, at, stranger)).rejects.toEqual(denied)
  await expect(attempt(deleteObject, at, stranger)).rejects.toEqual(denied)
  expect(text((await get('a')).Body)).toBe('hello')
})

test('other services read objects, or get the refusal of S3', async () => {
  await put('code.zip', 'bytes')
  const port = objectsPort(ports)
  expect(text(await port.read(caller, { bucket: Bucket, key: 'code.zip' }))).toBe('bytes')
  await expect(port.read(caller, { bucket: Bucket, key: 'none' })).rejects.toEqual(refused('NoSuchKey', 404))
  await expect(port.read(caller, { bucket: 'none', key: 'none' })).rejects.toEqual(refused('NoSuchBucket', 404))
})

test('a key of more than 1024 bytes is refused', async () => {
  await expect(put('é'.repeat(513))).rejects.toEqual(refused('KeyTooLongError', 400))
  await put('é'.repeat(512))
})
