import { AwsError } from '#core/aws/aws-error.ts'

/** Bytes travel in the local API's JSON as `{"$bytes": "base64"}`; dates as ISO text. */
interface EncodedBytes {
  readonly $bytes: string
}

export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    member instanceof Uint8Array ? ({ $bytes: Buffer.from(member).toString('base64') } satisfies EncodedBytes) : member,
  )
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
