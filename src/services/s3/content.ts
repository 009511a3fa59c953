import { AwsError } from '#core/aws/aws-error.ts'
import type { ContentHeaders, ObjectContent } from './records.ts'

const HEADERS = ['CacheControl', 'ContentDisposition', 'ContentEncoding', 'ContentLanguage', 'ContentType', 'Expires'] as const

/** What a write may say about its content, in the call's words. */
export type ContentMembers = { readonly [Header in (typeof HEADERS)[number]]?: string | undefined } & {
  readonly Metadata?: Readonly<Record<string, string>> | undefined
  readonly StorageClass?: string | undefined
  readonly Tagging?: string | undefined
}

export function describedContent(members: ContentMembers): Pick<ObjectContent, 'headers' | 'metadata' | 'storageClass' | 'tags'> {
  const headers: { -readonly [Header in keyof ContentHeaders]: string } = {}
  for (const header of HEADERS) {
    const value = header === 'ContentEncoding' ? decodedEncoding(members.ContentEncoding) : members[header]
    if (value !== undefined) headers[header] = value
  }
  return {
    headers: { ContentType: 'binary/octet-stream', ...headers },
    metadata: members.Metadata ?? {},
    storageClass: members.StorageClass ?? 'STANDARD',
    tags: tagsFrom(members.Tagging),
  }
}

/** `aws-chunked` is how the bytes travelled, not what they are. */
function decodedEncoding(encoding: string | undefined): string | undefined {
  const left = encoding
    ?.split(',')
    .map((one) => one.trim())
    .filter((one) => one !== 'aws-chunked' && one !== '')
  return left && left.length > 0 ? left.join(',') : undefined
}

/** `x-amz-tagging`: tags written as a query string. */
function tagsFrom(query: string | undefined) {
  const tags = [...new URLSearchParams(query ?? '')].map(([Key, Value]) => ({ Key, Value }))
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length)
    throw new AwsError('InvalidTag', 'Cannot provide multiple Tags with the same key', { status: 400 })
  return tags
}
