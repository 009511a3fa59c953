import { createHash } from 'node:crypto'
import { GLOBAL, type Scope } from '#core/aws/scope.ts'
import type { Ports } from '#kit/ports.ts'
import { table } from '#kit/records.ts'

export interface Bucket {
  readonly name: string
  /** The owner. */
  readonly account: string
  readonly region: string
  /** Milliseconds since 1970. */
  readonly createdAt: number
  readonly versioning?: 'Enabled' | 'Suspended'
  /** What is stored and shown again but changes nothing here, by the name of its operations (`Encryption`, `PublicAccessBlock`). */
  readonly settings: Readonly<Record<string, unknown>>
  readonly tags: readonly { readonly Key: string; readonly Value: string }[]
  /** JSON text. */
  readonly policy?: string
}

/** Everything that stands under one key, newest first. */
export interface StoredObject {
  readonly key: string
  readonly versions: readonly [ObjectVersion, ...ObjectVersion[]]
}

export type ObjectVersion = ObjectContent | DeleteMarker

interface AnyVersion {
  /** `null` where the bucket had no versioning when it was written. */
  readonly versionId: string
  readonly modifiedAt: number
}

export interface DeleteMarker extends AnyVersion {
  readonly kind: 'delete-marker'
}

export interface ObjectContent extends AnyVersion {
  readonly kind: 'content'
  readonly etag: string
  readonly size: number
  /** Blobs that make up the bytes, in order: one a part. */
  readonly chunks: readonly Chunk[]
  readonly headers: ContentHeaders
  readonly metadata: Readonly<Record<string, string>>
  readonly storageClass: string
  readonly checksum?: StoredChecksum
  readonly tags: readonly { readonly Key: string; readonly Value: string }[]
  /** How many parts it was uploaded in, where it was in parts. */
  readonly parts?: number
}

export interface Chunk {
  readonly blob: string
  readonly size: number
}

export interface ContentHeaders {
  readonly CacheControl?: string
  readonly ContentDisposition?: string
  readonly ContentEncoding?: string
  readonly ContentLanguage?: string
  readonly ContentType?: string
  readonly Expires?: string
}

export type ChecksumAlgorithm = 'CRC32' | 'CRC32C' | 'CRC64NVME' | 'SHA1' | 'SHA256'

export interface StoredChecksum {
  readonly algorithm: ChecksumAlgorithm
  /** Base64; `…-N` for a checksum of N parts' checksums. */
  readonly value: string
  readonly type: 'FULL_OBJECT' | 'COMPOSITE'
}

export interface Upload {
  readonly id: string
  readonly key: string
  readonly startedAt: number
  readonly headers: ContentHeaders
  readonly metadata: Readonly<Record<string, string>>
  readonly storageClass: string
  readonly tags: readonly { readonly Key: string; readonly Value: string }[]
  readonly checksum?: { readonly algorithm: ChecksumAlgorithm; readonly type: 'FULL_OBJECT' | 'COMPOSITE' }
  /** By part number. */
  readonly parts: Readonly<Record<string, UploadedPart>>
}

export interface UploadedPart extends Chunk {
  readonly number: number
  readonly etag: string
  readonly modifiedAt: number
  readonly checksum?: StoredChecksum
}

export const buckets = table<Bucket>('s3/buckets')
export const objects = table<StoredObject>('s3/objects')
export const uploads = table<Upload>('s3/uploads')

export type S3 = Pick<Ports, 'records' | 'blobs' | 'clock' | 'ids'>

/** Bucket names are shared by all accounts and regions. */
export const EVERYWHERE: Scope = { account: GLOBAL, region: GLOBAL }

/** A bucket is a scope of its own: its objects are listed without looking at those of others. */
export function within(bucket: string): Scope {
  return { account: bucket, region: 's3' }
}

/** The canonical user id that S3 shows for an account: 64 hexadecimal digits. */
export function canonicalId(account: string): string {
  return createHash('sha256').update(`canonical ${account}`).digest('hex')
}
