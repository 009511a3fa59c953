import { resource } from '#kit/resource.ts'
import { schema } from '#services/schemas/s3-bucket-policy.ts'
import { putBucketPolicy, removeBucketPolicy } from '../bucket-policy.ts'
import { ownBucket } from '../buckets.ts'
import { buckets, EVERYWHERE } from '../records.ts'

export default resource(schema, {
  honours: ['Bucket', 'PolicyDocument'],

  create({ properties: { Bucket, PolicyDocument }, caller }, ports) {
    putBucketPolicy(ownBucket(caller, Bucket, ports), PolicyDocument, ports)
    return { ref: Bucket, attributes: {} }
  },

  update({ properties: { PolicyDocument }, caller }, { ref }, ports) {
    putBucketPolicy(ownBucket(caller, ref, ports), PolicyDocument, ports)
    return { ref, attributes: {} }
  },

  delete({ ref }, ports) {
    const bucket = ports.records.get(buckets, EVERYWHERE, ref)
    if (bucket) removeBucketPolicy(bucket, ports)
  },
})
