import { AwsError } from '#core/aws/aws-error.ts'
import { changeBucket } from './buckets.ts'
import type { Bucket, S3 } from './records.ts'

/** Settings that are kept and shown again, and S3's refusal to show one that was never made. */
const ABSENT = {
  PublicAccessBlock: ['NoSuchPublicAccessBlockConfiguration', 'The public access block configuration was not found'],
  OwnershipControls: ['OwnershipControlsNotFoundError', 'The bucket ownership controls were not found'],
} as const

export type Setting = keyof typeof ABSENT | 'Encryption'

export function getSetting(bucket: Bucket, setting: keyof typeof ABSENT): unknown {
  const found = bucket.settings[setting]
  const [code, text] = ABSENT[setting]
  if (found === undefined) throw new AwsError(code, text, { status: 404, fields: { BucketName: bucket.name } })
  return found
}

/** Every bucket is encrypted with S3's own keys, if with no others. */
export function encryptionOf({ settings }: Bucket): unknown {
  const byDefault = { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }] }
  return settings['Encryption'] ?? byDefault
}

/** `undefined` takes the setting away. */
export function putSetting(bucket: Bucket, setting: Setting, value: unknown, ports: Pick<S3, 'records'>): void {
  const { [setting]: _before, ...others } = bucket.settings
  changeBucket({ ...bucket, settings: value === undefined ? others : { ...others, [setting]: value } }, ports)
}
