import { AwsError } from '#core/aws/aws-error.ts'
import type { Scope } from '#core/aws/scope.ts'
import { dnsSuffixOf } from '#core/aws/scope.ts'
import { generatedName } from '#kit/generated-name.ts'
import { type ResourceRequest, resource } from '#kit/resource.ts'
import { type Properties, schema } from '#services/schemas/s3-bucket.ts'
import { bucketArn } from '../arns.ts'
import { CLOSED, changeBucket, createBucket, deleteBucket, getBucket } from '../buckets.ts'
import { type Bucket, buckets, EVERYWHERE, type S3 } from '../records.ts'

export default resource(schema, {
  honours: [
    'BucketEncryption',
    'BucketName',
    'OwnershipControls',
    'PublicAccessBlockConfiguration',
    'Tags',
    'VersioningConfiguration',
  ],

  create(request, ports) {
    const { caller, properties, logicalId, stack } = request
    const name = properties.BucketName ?? generatedName({ stackName: stack.name, logicalId, limit: 63 }, ports.ids).toLowerCase()
    // us-east-1 lets an owner make a bucket again; a stack must not take over one that is not its own.
    if (ports.records.get(buckets, EVERYWHERE, name)?.account === caller.account)
      throw new AwsError('AlreadyExists', `${name} already exists`)
    createBucket(caller, name, ports)
    return apply(name, request, ports)
  },

  update: (request, { ref }, ports) => apply(ref, request, ports),

  delete({ ref }, ports) {
    if (ports.records.get(buckets, EVERYWHERE, ref)) deleteBucket(ref, ports)
  },
})

function apply(
  name: string,
  { properties: p, stack, logicalId, caller }: ResourceRequest<Properties>,
  ports: Pick<S3, 'records'>,
) {
  const { versioning: before, ...bucket } = getBucket(name, ports)
  // A bucket that once kept versions is never again one that did not: taking the property away suspends.
  const versioning = p.VersioningConfiguration?.Status ?? (before && 'Suspended')
  const settings = {
    Encryption: p.BucketEncryption && { Rules: p.BucketEncryption.ServerSideEncryptionConfiguration.map(encryptionRule) },
    OwnershipControls: p.OwnershipControls ?? CLOSED.OwnershipControls,
    PublicAccessBlock: p.PublicAccessBlockConfiguration ?? CLOSED.PublicAccessBlock,
  }
  const tags = new Map([
    ['aws:cloudformation:stack-name', stack.name],
    ['aws:cloudformation:stack-id', stack.id],
    ['aws:cloudformation:logical-id', logicalId],
    ...Object.entries(stack.tags),
    ...(p.Tags ?? []).map(({ Key, Value }) => [Key, Value] as const),
  ])
  const changed = {
    ...bucket,
    ...(versioning && { versioning }),
    settings: Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)),
    tags: [...tags].map(([Key, Value]) => ({ Key, Value })),
  }
  changeBucket(changed, ports)
  return stateOf(caller, changed)
}

/** CloudFormation and the API have other names for the same member. */
function encryptionRule({
  ServerSideEncryptionByDefault,
  BucketKeyEnabled,
}: NonNullable<Properties['BucketEncryption']>['ServerSideEncryptionConfiguration'][number]) {
  return { ApplyServerSideEncryptionByDefault: ServerSideEncryptionByDefault, BucketKeyEnabled }
}

function stateOf({ region }: Scope, { name }: Bucket) {
  const suffix = dnsSuffixOf(region)
  const website = `s3-website${DASHED.has(region) ? '-' : '.'}${region}.${suffix}`
  return {
    ref: name,
    attributes: {
      Arn: bucketArn(name),
      DomainName: `${name}.s3.${suffix}`,
      DualStackDomainName: `${name}.s3.dualstack.${region}.${suffix}`,
      RegionalDomainName: `${name}.s3.${region}.${suffix}`,
      WebsiteURL: `http://${name}.${website}`,
    },
  }
}

/** The oldest regions write their website endpoints with a hyphen. Source: the S3 endpoints table. */
const DASHED: ReadonlySet<string> = new Set([
  'us-east-1',
  'us-west-1',
  'us-west-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-northeast-1',
  'eu-west-1',
  'sa-east-1',
  'us-gov-west-1',
])
