import { createHash } from 'node:crypto'
import { AwsError } from '#core/aws/aws-error.ts'
import type { CompletedPart } from '#services/models/s3.ts'
import { type ChecksumMembers, checkedChecksum, checkMd5, checksumOf, compositeOf } from './checksums.ts'
import { type NewContent, readBytes } from './objects.ts'
import { type Chunk, type S3, type StoredChecksum, type Upload, type UploadedPart, uploads, within } from './records.ts'

/** Every part but the last has at least this many bytes. */
const SMALLEST_PART = 5 * 2 ** 20

export function getUpload(bucket: string, key: string, id: string, { records }: Pick<S3, 'records'>): Upload {
  const upload = records.get(uploads, within(bucket), id)
  if (upload?.key !== key)
    throw new AwsError(
      'NoSuchUpload',
      'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
      { status: 404, fields: { UploadId: id } },
    )
  return upload
}

export interface PartGiven extends ChecksumMembers {
  readonly Bucket: string
  readonly Key: string
  readonly UploadId: string
  readonly PartNumber: number
  readonly ContentMD5?: string | undefined
  readonly ChecksumAlgorithm?: string | undefined
}

/** Takes a part; one with the same number is replaced. */
export async function uploadPart(given: PartGiven, bytes: Uint8Array, ports: S3): Promise<UploadedPart> {
  const { Bucket, Key, UploadId, PartNumber } = given
  const { checksum: wanted } = getUpload(Bucket, Key, UploadId, ports)
  if (PartNumber < 1 || PartNumber > 10_000)
    throw new AwsError('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive', {
      status: 400,
      fields: { ArgumentName: 'partNumber', ArgumentValue: String(PartNumber) },
    })
  checkMd5(given.ContentMD5, bytes)
  const checksum = checkedChecksum(given, wanted?.algorithm ?? given.ChecksumAlgorithm, bytes)
  const blob = await ports.blobs.put(bytes)
  const etag = `"${createHash('md5').update(bytes).digest('hex')}"`
  const part = { number: PartNumber, blob, size: bytes.length, etag, modifiedAt: ports.clock.now(), checksum }
  // Read again: other parts arrived meanwhile.
  const upload = getUpload(Bucket, Key, UploadId, ports)
  ports.records.put(uploads, within(Bucket), UploadId, { ...upload, parts: { ...upload.parts, [PartNumber]: part } })
  return part
}

/** The parts that the call lists, checked against those that arrived. */
export function chosenParts(upload: Upload, listed: readonly CompletedPart[]): readonly UploadedPart[] {
  if (listed.length === 0)
    throw new AwsError(
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
      { status: 400 },
    )
  const numbers = listed.map(({ PartNumber = 0 }) => PartNumber)
  if (numbers.some((number, index) => index > 0 && number <= (numbers[index - 1] ?? 0)))
    throw new AwsError(
      'InvalidPartOrder',
      'The list of parts was not in ascending order. The parts list must be specified in order by part number.',
      { status: 400 },
    )
  const parts = listed.map(({ PartNumber = 0, ETag = '' }) => {
    const part = upload.parts[PartNumber]
    if (!part || part.etag.replaceAll('"', '') !== ETag.replaceAll('"', ''))
      throw new AwsError(
        'InvalidPart',
        "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
        { status: 400, fields: { ETag, PartNumber: String(PartNumber), UploadId: upload.id } },
      )
    return part
  })
  const small = parts.slice(0, -1).find(({ size }) => size < SMALLEST_PART)
  if (small)
    throw new AwsError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
      status: 400,
      fields: { PartNumber: String(small.number), MinSizeAllowed: String(SMALLEST_PART), ProposedSize: String(small.size) },
    })
  return parts
}

/** The object that the parts make together. */
export async function joined(upload: Upload, parts: readonly UploadedPart[], ports: Pick<S3, 'blobs'>): Promise<NewContent> {
  const digests = parts.map(({ etag }) => Buffer.from(etag.replaceAll('"', ''), 'hex'))
  const size = parts.reduce((sum, part) => sum + part.size, 0)
  const chunks: readonly Chunk[] = parts.map((part) => ({ blob: part.blob, size: part.size }))
  const { headers, metadata, storageClass, tags } = upload
  return {
    etag: `"${createHash('md5').update(Buffer.concat(digests)).digest('hex')}-${parts.length}"`,
    size,
    chunks,
    checksum: await joinedChecksum(upload, parts, { size, chunks }, ports),
    parts: parts.length,
    headers,
    metadata,
    storageClass,
    tags,
  }
}

async function joinedChecksum(
  { checksum: wanted }: Upload,
  parts: readonly UploadedPart[],
  content: { readonly size: number; readonly chunks: readonly Chunk[] },
  ports: Pick<S3, 'blobs'>,
): Promise<StoredChecksum> {
  const { algorithm, type } = wanted ?? { algorithm: 'CRC64NVME', type: 'FULL_OBJECT' }
  if (type === 'FULL_OBJECT') return { algorithm, type, value: checksumOf(algorithm, await readBytes(content, ports)) }
  const values = parts.map((part) => (part.checksum?.algorithm === algorithm ? part.checksum.value : undefined))
  const missing = values.indexOf(undefined)
  if (missing >= 0)
    throw new AwsError(
      'InvalidRequest',
      `The upload was created using a ${algorithm.toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${parts[missing]?.number} in the request.`,
      { status: 400 },
    )
  return {
    algorithm,
    type,
    value: compositeOf(
      algorithm,
      values.filter((value) => value !== undefined),
    ),
  }
}
