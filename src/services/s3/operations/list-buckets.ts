import { operation } from '#kit/operation.ts'
import { ListBuckets } from '#services/models/s3.ts'
import { inOrder } from '../list-page.ts'
import { buckets, canonicalId, EVERYWHERE } from '../records.ts'

export default operation(ListBuckets, {
  authorize: () => ({ action: 's3:ListAllMyBuckets', resource: '*' }),

  run({ Prefix = '', BucketRegion, MaxBuckets = 10_000, ContinuationToken }, { account }, ports) {
    const after = ContinuationToken === undefined ? '' : Buffer.from(ContinuationToken, 'base64url').toString()
    const all = ports.records
      .list(buckets, EVERYWHERE)
      .map(({ value }) => value)
      .filter((bucket) => bucket.account === account && bucket.name.startsWith(Prefix))
      .filter(({ name, region }) => (BucketRegion === undefined || BucketRegion === region) && inOrder(name, after) > 0)
    const page = all.slice(0, MaxBuckets)
    const last = page.at(-1)
    return {
      Buckets: page.map(({ name, createdAt, region }) => ({
        Name: name,
        CreationDate: new Date(createdAt),
        BucketRegion: region,
      })),
      Owner: { ID: canonicalId(account) },
      ...(Prefix && { Prefix }),
      ...(last && page.length < all.length && { ContinuationToken: Buffer.from(last.name).toString('base64url') }),
    }
  },
})
