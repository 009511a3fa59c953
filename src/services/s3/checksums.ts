import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { AwsError } from '#core/aws/aws-error.ts'
import type { ChecksumAlgorithm, StoredChecksum } from './records.ts'

/** The members in which a call brings or gets checksums. */
export interface ChecksumMembers {
  readonly ChecksumCRC32?: string | undefined
  readonly ChecksumCRC32C?: string | undefined
  readonly ChecksumCRC64NVME?: string | undefined
  readonly ChecksumSHA1?: string | undefined
  readonly ChecksumSHA256?: string | undefined
}

const ALGORITHMS: Readonly<Record<ChecksumAlgorithm, (bytes: Uint8Array) => Buffer>> = {
  CRC32: (bytes) => bigEndian(crc32(bytes)),
  CRC32C: (bytes) => bigEndian(crc32c(bytes)),
  CRC64NVME: crc64nvme,
  SHA1: (bytes) => createHash('sha1').update(bytes).digest(),
  SHA256: (bytes) => createHash('sha256').update(bytes).digest(),
}

export function isChecksumAlgorithm(name: string | undefined): name is ChecksumAlgorithm {
  return name !== undefined && name in ALGORITHMS
}

export function checksumOf(algorithm: ChecksumAlgorithm, bytes: Uint8Array): string {
  return ALGORITHMS[algorithm](bytes).toString('base64')
}

/** The checksum of the parts' checksums, and how many there were. */
export function compositeOf(algorithm: ChecksumAlgorithm, parts: readonly string[]): string {
  const digests = Buffer.concat(parts.map((part) => Buffer.from(part, 'base64')))
  return `${checksumOf(algorithm, digests)}-${parts.length}`
}

/** The checksum that the call brings, verified; else that of the algorithm it asks for; else S3's own choice, CRC64NVME. */
export function checkedChecksum(members: ChecksumMembers, wanted: string | undefined, bytes: Uint8Array): StoredChecksum {
  const given = givenChecksum(members)
  const algorithm = given?.algorithm ?? (isChecksumAlgorithm(wanted) ? wanted : 'CRC64NVME')
  const value = checksumOf(algorithm, bytes)
  if (given && given.value !== value)
    throw new AwsError('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`)
  return { algorithm, value, type: 'FULL_OBJECT' }
}

export function givenChecksum(members: ChecksumMembers): { algorithm: ChecksumAlgorithm; value: string } | undefined {
  for (const algorithm of Object.keys(ALGORITHMS) as ChecksumAlgorithm[]) {
    const value = members[`Checksum${algorithm}`]
    if (value !== undefined) return { algorithm, value }
  }
  return undefined
}

/** The member that answers this checksum. */
export function shownChecksum(checksum: StoredChecksum | undefined): ChecksumMembers {
  return checksum ? { [`Checksum${checksum.algorithm}`]: checksum.value } : {}
}

/** Refuses bytes that are not those of `Content-MD5`. */
export function checkMd5(contentMd5: string | undefined, bytes: Uint8Array): void {
  if (contentMd5 === undefined) return
  if (Buffer.from(contentMd5, 'base64').length !== 16)
    throw new AwsError('InvalidDigest', 'The Content-MD5 you specified is not valid.')
  if (createHash('md5').update(bytes).digest('base64') !== contentMd5)
    throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.')
}

function bigEndian(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value >>> 0)
  return bytes
}

/** Castagnoli's polynomial, reflected. */
const CRC32C_TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1
  return value
})

function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = (crc >>> 8) ^ (CRC32C_TABLE[(crc ^ byte) & 255] ?? 0)
  return ~crc
}

/** The polynomial of the NVMe specification, reflected; in two halves, since one of 64 bits would need slow big integers. */
const CRC64_TABLE = (() => {
  const high = new Uint32Array(256)
  const low = new Uint32Array(256)
  for (let index = 0; index < 256; index += 1) {
    let value = BigInt(index)
    for (let bit = 0; bit < 8; bit += 1) value = value & 1n ? (value >> 1n) ^ 0x9a6c9329ac4bc9b5n : value >> 1n
    high[index] = Number(value >> 32n)
    low[index] = Number(value & 0xffffffffn)
  }
  return { high, low }
})()

function crc64nvme(bytes: Uint8Array): Buffer {
  let high = 0xffffffff
  let low = 0xffffffff
  for (const byte of bytes) {
    const index = (low ^ byte) & 255
    low = ((low >>> 8) | (high << 24)) ^ (CRC64_TABLE.low[index] ?? 0)
    high = (high >>> 8) ^ (CRC64_TABLE.high[index] ?? 0)
  }
  return Buffer.concat([bigEndian(~high), bigEndian(~low)])
}
