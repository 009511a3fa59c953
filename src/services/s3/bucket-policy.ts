import { AwsError } from '#core/aws/aws-error.ts'
import { isMap } from '#core/template/value.ts'
import { changeBucket } from './buckets.ts'
import type { Bucket, S3 } from './records.ts'

const LIMIT = 20_480

/** Keeps the policy, a document or JSON text. Each of its statements must say who. */
export function putBucketPolicy(bucket: Bucket, written: unknown, ports: Pick<S3, 'records'>): void {
  const text = typeof written === 'string' ? written : JSON.stringify(written)
  const { Statement: statements } = parsed(text)
  if (text.length > LIMIT) throw malformed('Policy exceeds the maximum allowed document size.')
  if (statements === undefined) throw malformed('Missing required field Statement')
  for (const statement of Array.isArray(statements) ? statements : [statements]) {
    if (!isMap(statement)) throw malformed("Policies must be valid JSON and the first byte must be '{'")
    if (statement['Principal'] === undefined && statement['NotPrincipal'] === undefined)
      throw malformed('Missing required field Principal')
    if (statement['Action'] === undefined && statement['NotAction'] === undefined)
      throw malformed('Missing required field Action')
    if (statement['Resource'] === undefined && statement['NotResource'] === undefined)
      throw malformed('Missing required field Resource')
    if (statement['Effect'] !== 'Allow' && statement['Effect'] !== 'Deny')
      throw malformed(`Invalid effect: ${JSON.stringify(statement['Effect'])}`)
  }
  changeBucket({ ...bucket, policy: text }, ports)
}

export function removeBucketPolicy(bucket: Bucket, ports: Pick<S3, 'records'>): void {
  const { policy: _gone, ...rest } = bucket
  changeBucket(rest, ports)
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const document: unknown = JSON.parse(text)
    if (isMap(document)) return document
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
  }
  throw malformed("Policies must be valid JSON and the first byte must be '{'")
}

function malformed(text: string): AwsError {
  return new AwsError('MalformedPolicy', text, { status: 400 })
}
