import { createHash } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import type { Ports } from '#kit/ports.ts'
import { fakePorts } from '#kit/testing/fake-ports.ts'
import { fakeCaller } from '#kit/testing/fake-request.ts'
import { createBucket } from './buckets.ts'
import { checksumOf } from './checksums.ts'
import abort from './operations/abort-multipart-upload.ts'
import complete from './operations/complete-multipart-upload.ts'
import createUpload from './operations/create-multipart-upload.ts'
import getObject from './operations/get-object.ts'
import listUploads from './operations/list-multipart-uploads.ts'
import listParts from './operations/list-parts.ts'
import uploadPart from './operations/upload-part.ts'

const caller = fakeCaller()
const at = { Bucket: 'the-bucket', Key: 'big' }
const FIRST = Buffer.alloc(5 * 2 ** 20, 'a')
const LAST = Buffer.from('the end')
let ports: Ports

beforeEach(() => {
  ports = fakePorts()
  createBucket(caller, at.Bucket, ports)
})

async function started(more = {}) {
  const { UploadId = '' } = await createUpload.run({ ...at, ...more }, caller, ports)
  const part = async (PartNumber: number, Body: Uint8Array) => {
    const { ETag } = await uploadPart.run({ ...at, UploadId, PartNumber, Body }, caller, ports)
    return { PartNumber, ETag }
  }
  const finish = async (Parts: { PartNumber: number; ETag?: string | undefined }[]) =>
    complete.run({ ...at, UploadId, MultipartUpload: { Parts } }, caller, ports)
  return { UploadId, part, finish }
}

test('parts become one object: its tag is made of theirs, its bytes are theirs in order', async () => {
  const { part, finish } = await started({ ContentType: 'text/plain' })
  // Parts arrive in any order.
  const [second, first] = [await part(2, LAST), await part(1, FIRST)]
  const { ETag } = await finish([first, second])
  const digests = [FIRST, LAST].map((bytes) => createHash('md5').update(bytes).digest())
  expect(ETag).toBe(`"${createHash('md5').update(Buffer.concat(digests)).digest('hex')}-2"`)
  const across = { start: FIRST.length - 2, end: FIRST.length + 2 }
  const object = await getObject.run({ ...at, Range: `bytes=${across.start}-${across.end}` }, caller, ports)
  expect([Buffer.from(object.Body as Uint8Array).toString(), object.ContentType]).toEqual(['aathe', 'text/plain'])
  expect((await listUploads.run({ Bucket: at.Bucket }, caller, ports)).Uploads).toEqual([])
})

test.each([
  ['CRC64NVME', 'FULL_OBJECT', () => checksumOf('CRC64NVME', Buffer.concat([FIRST, LAST]))],
  [
    'SHA256',
    'COMPOSITE',
    () => {
      const parts = [FIRST, LAST].map((bytes) => createHash('sha256').update(bytes).digest())
      return `${createHash('sha256').update(Buffer.concat(parts)).digest('base64')}-2`
    },
  ],
] as const)('with %s the checksum is %s', async (ChecksumAlgorithm, ChecksumType, expected) => {
  const { part, finish } = await started({ ChecksumAlgorithm })
  const answer = await finish([await part(1, FIRST), await part(2, LAST)])
  expect(answer).toMatchObject({ [`Checksum${ChecksumAlgorithm}`]: expected(), ChecksumType })
})

test('parts are listed in order, a page at a time', async () => {
  const { UploadId, part } = await started()
  for (const number of [3, 1, 2]) await part(number, LAST)
  const page = async (PartNumberMarker: number) =>
    listParts.run({ ...at, UploadId, MaxParts: 2, PartNumberMarker }, caller, ports)
  const pages = [await page(0), await page(2)]
  expect(pages.map(({ Parts, IsTruncated }) => [Parts?.map(({ PartNumber }) => PartNumber), IsTruncated])).toEqual([
    [[1, 2], true],
    [[3], false],
  ])
})

test('what does not fit together is refused, and the upload goes on', async () => {
  const { part, finish } = await started()
  const [small, last] = [await part(1, LAST), await part(2, LAST)]
  await expect(finish([small, last])).rejects.toMatchObject({ code: 'EntityTooSmall' })
  await expect(finish([last, small])).rejects.toMatchObject({ code: 'InvalidPartOrder' })
  await expect(finish([{ PartNumber: 3, ETag: '"x"' }])).rejects.toMatchObject({ code: 'InvalidPart' })
  await expect(finish([])).rejects.toMatchObject({ code: 'MalformedXML' })
  const first = await part(1, FIRST)
  await expect(finish([{ ...first, ETag: small.ETag }, last])).rejects.toMatchObject({ code: 'InvalidPart' })
  expect((await finish([first, last])).ETag).toMatch(/-2"$/)
})

test('an aborted upload takes no more parts', async () => {
  const { UploadId, part, finish } = await started()
  await abort.run({ ...at, UploadId }, caller, ports)
  await expect(part(1, LAST)).rejects.toMatchObject({ code: 'NoSuchUpload', status: 404 })
  await expect(finish([])).rejects.toMatchObject({ code: 'NoSuchUpload' })
})

test('parts that arrive together are all kept', async () => {
  const { UploadId, part } = await started()
  await Promise.all([1, 2, 3, 4].map((number) => part(number, LAST)))
  expect((await listParts.run({ ...at, UploadId }, caller, ports)).Parts?.length).toBe(4)
})
