import { AwsError } from '#core/aws/aws-error.ts'

/** Bytes travel in the local API's JSON as `{"$bytes": "base64"}`; dates as ISO text. */
interface EncodedBytes {
  readonly $bytes: string
}

export function toJson(value: unknown): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, key: string, member: unknown) {
    // `member` has been through `toJSON` already, and a Buffer has one of its own.
    const original = this[key]
    return original instanceof Uint8Array ? ({ $bytes: Buffer.from(original).toString('base64') } satisfies EncodedBytes) : member
  })
}

/** @throws AwsError `SerializationException` where the text is not JSON */
export function fromJson(text: string): unknown {
  try {
    return JSON.parse(text, (_key, member: unknown) =>
      isEncodedBytes(member) ? new Uint8Array(Buffer.from(member.$bytes, 'base64')) : member,
    )
  } catch (error) {
    throw new AwsError('SerializationException', `the body is not JSON: ${error instanceof Error ? error.message : error}`)
  }
}

function isEncodedBytes(value: unknown): value is EncodedBytes {
  return typeof value === 'object' && value !== null && typeof (value as { $bytes?: unknown }).$bytes === 'string'
}
