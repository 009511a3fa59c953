import { AwsError } from '#core/aws/aws-error.ts'
import { operation } from '#kit/operation.ts'
import { CreateBucket } from '#services/models/s3.ts'
import { bucketArn } from '../arns.ts'
import { changeBucket, createBucket } from '../buckets.ts'

export default operation(CreateBucket, {
  authorize: ({ Bucket }) => ({ action: 's3:CreateBucket', resource: bucketArn(Bucket) }),

  run({ Bucket, CreateBucketConfiguration, ObjectOwnership }, caller, ports) {
    checkLocation(CreateBucketConfiguration?.LocationConstraint, caller.region)
    const bucket = createBucket(caller, Bucket, ports)
    const tags = (CreateBucketConfiguration?.Tags ?? []).map(({ Key = '', Value = '' }) => ({ Key, Value }))
    const settings = ObjectOwnership ? { OwnershipControls: { Rules: [{ ObjectOwnership }] } } : {}
    changeBucket({ ...bucket, tags, settings: { ...bucket.settings, ...settings } }, ports)
    return { Location: caller.region === 'us-east-1' ? `/${Bucket}` : `http://${Bucket}.s3.amazonaws.com/` }
  },
})

/** A bucket is made where its call is signed for. us-east-1 has no constraint; every other region must be named. */
function checkLocation(constraint: string | undefined, region: string): void {
  if (constraint === region || (constraint === undefined && region === 'us-east-1')) return
  if (constraint === 'EU' && region === 'eu-west-1') return
  throw new AwsError(
    'IllegalLocationConstraintException',
    `The ${constraint ?? 'unspecified'} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    { status: 400 },
  )
}
