import type { IncomingMessage } from 'node:http'
import { AwsError } from '#core/aws/aws-error.ts'

const MEBIBYTE = 1024 * 1024
const USUAL = 2 * MEBIBYTE

/** The most that a service takes in one request. Lambda's holds a package of 50 MB in base64, API Gateway's an API description. */
const LIMITS: Readonly<Record<string, number>> = {
  lambda: 70 * MEBIBYTE,
  apigateway: 10 * MEBIBYTE,
  s3: 256 * MEBIBYTE,
}

/** Reads the whole body, or refuses it before it costs memory. */
export async function readBody(message: IncomingMessage, service: string | undefined): Promise<Uint8Array> {
  const limit = LIMITS[service ?? ''] ?? USUAL
  if (Number(message.headers['content-length'] ?? 0) > limit) throw tooLarge(service, limit)
  const parts: Buffer[] = []
  let size = 0
  for await (const part of message as AsyncIterable<Buffer>) {
    size += part.length
    if (size > limit) throw tooLarge(service, limit)
    parts.push(part)
  }
  return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts)
}

function tooLarge(service: string | undefined, limit: number): AwsError {
  if (service === 's3') {
    const message = 'Your proposed upload exceeds the maximum allowed size'
    return new AwsError('EntityTooLarge', message, { status: 400, fields: { MaxSizeAllowed: limit } })
  }
  if (service === 'lambda') {
    const message = `Request must be smaller than ${limit} bytes`
    return new AwsError('RequestEntityTooLargeException', message, { status: 413 })
  }
  return new AwsError('RequestEntityTooLarge', `request must be smaller than ${limit} bytes`, { status: 413 })
}
