import { AwsError } from '#core/aws/aws-error.ts'
import { operation } from '#kit/operation.ts'
import { CreateMultipartUpload, type CreateMultipartUploadRequest } from '#services/models/s3.ts'
import { objectArn } from '../arns.ts'
import { ownBucket } from '../buckets.ts'
import { isChecksumAlgorithm } from '../checksums.ts'
import { describedContent } from '../content.ts'
import { checkKey } from '../objects.ts'
import { type Upload, uploads, within } from '../records.ts'
import { ENCRYPTED } from '../shown.ts'

export default operation(CreateMultipartUpload, {
  authorize: ({ Bucket, Key }) => ({ action: 's3:PutObject', resource: objectArn(Bucket, Key) }),

  run(input, caller, ports) {
    const { Bucket, Key } = input
    ownBucket(caller, Bucket, ports)
    checkKey(Key)
    const checksum = checksumOf(input)
    const id = ports.ids.alphanumeric(128)
    const upload = {
      id,
      key: Key,
      startedAt: ports.clock.now(),
      ...describedContent(input),
      ...(checksum && { checksum }),
      parts: {},
    }
    ports.records.put(uploads, within(Bucket), id, upload)
    return {
      Bucket,
      Key,
      UploadId: id,
      ...ENCRYPTED,
      ...(checksum && { ChecksumAlgorithm: checksum.algorithm, ChecksumType: checksum.type }),
    }
  },
})

/** CRC64NVME is of the whole object, SHA of the parts; the other two may be either and are of the parts unless told. */
function checksumOf({ ChecksumAlgorithm: algorithm, ChecksumType }: CreateMultipartUploadRequest): Upload['checksum'] {
  if (!isChecksumAlgorithm(algorithm)) return undefined
  const only = algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : algorithm.startsWith('SHA') ? 'COMPOSITE' : undefined
  if (only && ChecksumType && ChecksumType !== only)
    throw new AwsError(
      'InvalidRequest',
      `The ${ChecksumType} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
      { status: 400 },
    )
  return { algorithm, type: only ?? ChecksumType ?? 'COMPOSITE' }
}
