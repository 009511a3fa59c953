import { inOrder, type ListQuery, listPage, urlEncoded } from './list-page.ts'
import { currentContents } from './objects.ts'
import type { Bucket, S3 } from './records.ts'
import { shownInList } from './shown.ts'

/** One page of the bucket's objects in the words that both versions of the list share. */
export function listContents(
  bucket: Bucket,
  query: ListQuery & { readonly encodingType?: 'url' | undefined; readonly withOwner: boolean },
  ports: Pick<S3, 'records'>,
) {
  const contents = currentContents(bucket.name, ports)
  const page = listPage([...contents.keys()].sort(inOrder), query)
  const encode = query.encodingType === 'url' ? urlEncoded : (text: string) => text
  return {
    encode,
    next: page.next,
    count: page.keys.length + page.commonPrefixes.length,
    shared: {
      Name: bucket.name,
      Prefix: encode(query.prefix ?? ''),
      ...(query.delimiter && { Delimiter: encode(query.delimiter) }),
      MaxKeys: query.limit,
      IsTruncated: page.next !== undefined,
      ...(query.encodingType && { EncodingType: query.encodingType }),
      Contents: page.keys.flatMap((key) => {
        const content = contents.get(key)
        return content ? [shownInList(encode(key), content, query.withOwner ? bucket.account : undefined)] : []
      }),
      CommonPrefixes: page.commonPrefixes.map((prefix) => ({ Prefix: encode(prefix) })),
    },
  }
}

/** S3 never answers more, whatever is asked. */
export const MAX_KEYS = 1000
