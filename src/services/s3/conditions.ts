import { AwsError } from '#core/aws/aws-error.ts'
import type { ObjectContent } from './records.ts'

export interface ReadConditions {
  readonly IfMatch?: string | undefined
  readonly IfNoneMatch?: string | undefined
  readonly IfModifiedSince?: Date | undefined
  readonly IfUnmodifiedSince?: Date | undefined
}

/** RFC 9110, 13.2: a matching `If-Match` outweighs the dates, and so does a failing `If-None-Match`. */
export function checkRead({ etag, modifiedAt }: ObjectContent, conditions: ReadConditions): void {
  const { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince } = conditions
  // Header dates have whole seconds.
  const modified = Math.floor(modifiedAt / 1000) * 1000
  if (IfMatch === undefined ? IfUnmodifiedSince && modified > IfUnmodifiedSince.getTime() : !names(IfMatch, etag))
    throw failed(IfMatch === undefined ? 'If-Unmodified-Since' : 'If-Match')
  if (IfNoneMatch === undefined ? IfModifiedSince && modified <= IfModifiedSince.getTime() : names(IfNoneMatch, etag))
    throw new AwsError('NotModified', 'Not Modified', { status: 304 })
}

/** A write that may only replace a certain object (`If-Match`), or none at all (`If-None-Match: *`). */
export function checkWrite(
  key: string,
  present: ObjectContent | undefined,
  { IfMatch, IfNoneMatch }: Pick<ReadConditions, 'IfMatch' | 'IfNoneMatch'>,
): void {
  if (IfNoneMatch !== undefined && IfNoneMatch !== '*')
    throw new AwsError('NotImplemented', 'A header you provided implies functionality that is not implemented', {
      status: 501,
      fields: { Header: 'If-None-Match' },
    })
  if (IfNoneMatch === '*' && present) throw failed('If-None-Match')
  if (IfMatch === undefined) return
  if (!present) throw new AwsError('NoSuchKey', 'The specified key does not exist.', { status: 404, fields: { Key: key } })
  if (!names(IfMatch, present.etag)) throw failed('If-Match')
}

function names(header: string, etag: string): boolean {
  const bare = (text: string) => text.trim().replace(/^"(.*)"$/, '$1')
  return header.trim() === '*' || header.split(',').some((one) => bare(one) === bare(etag))
}

/** The refusal, naming the header whose condition did not hold. */
export function failed(condition: string): AwsError {
  return new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
    status: 412,
    fields: { Condition: condition },
  })
}
