import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { AwsError } from '#core/aws/aws-error.ts'
import type { Call, WireRequest } from '../exchange.ts'
import { crc32c } from './crc32c.ts'
import { crc64nvme } from './crc64nvme.ts'

const hash = (name: string) => (bytes: Uint8Array) => createHash(name).update(bytes).digest('base64')

/** Each checksum that a client may send, in base64. */
export const CHECKSUMS: Readonly<Record<string, (bytes: Uint8Array) => string>> = {
  CRC32: (bytes) => bigEndian(crc32(bytes)),
  CRC32C: (bytes) => bigEndian(crc32c(bytes)),
  CRC64NVME: (bytes) => {
    const sum = Buffer.alloc(8)
    sum.writeBigUInt64BE(crc64nvme(bytes))
    return sum.toString('base64')
  },
  SHA1: hash('sha1'),
  SHA256: hash('sha256'),
}

function bigEndian(sum: number): string {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(sum)
  return bytes.toString('base64')
}

/**
 * Refuses a body that is not what the client says it sent. Only for operations whose model says that checksums are of the body:
 * elsewhere the same headers speak of something else, such as the whole of a multipart object.
 */
export function verifyChecksums({ headers, body }: WireRequest, { shape }: Call): void {
  if (!shape.httpChecksum?.requestAlgorithmMember) return
  verifyMd5(headers['content-md5'], body)
  for (const [name, sum] of Object.entries(CHECKSUMS)) {
    const said = headers[`x-amz-checksum-${name.toLowerCase()}`]
    if (said !== undefined && said !== sum(body)) {
      throw new AwsError('BadDigest', `The ${name} you specified did not match the calculated checksum.`, { status: 400 })
    }
  }
}

function verifyMd5(said: string | undefined, body: Uint8Array): void {
  if (said === undefined) return
  if (Buffer.from(said, 'base64').length !== 16) {
    throw new AwsError('InvalidDigest', 'The Content-MD5 you specified was invalid.', { status: 400 })
  }
  const actual = hash('md5')(body)
  if (actual !== said) {
    const fields = { ExpectedDigest: said, CalculatedDigest: actual }
    throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.', { status: 400, fields })
  }
}
