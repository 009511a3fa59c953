import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Listing } from '#app/listing.ts'
import { startPostern } from '#app/postern.ts'
import { type Client, connect } from '#cli/client.ts'
import { parseTemplate } from '#core/template/parse.ts'
import { isMap } from '#core/template/value.ts'
import { packInlineSource } from '#services/lambda/packages.ts'
import { sharedFile } from './sam-suite.ts'

/*
 * Templates that AWS deploys for real to test its transform, with the resources that each stack must hold. Here each is deployed on a
 * Postern that takes stubs, through a change set over HTTP, and deleted again.
 */

export interface Deployment {
  readonly name: string
  readonly template: string
  readonly expected: string
  readonly parametersWithoutDefault: readonly string[]
  readonly needs: readonly string[]
}

export interface ExpectedResource {
  readonly LogicalResourceId: string
  readonly ResourceType: string
}

export function readDeployments(folder: string): Deployment[] {
  const { integration = [] } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { integration?: Deployment[] }
  return integration
}

/** Whether the files of the deployment are there: cases from elsewhere may come without. */
export function isThere(folder: string, { template, expected }: Deployment): boolean {
  return [template, expected].every((path) => existsSync(join(folder, path)))
}

/** A Postern with everything in S3 that the templates point at. */
export interface Site {
  /** In what the deployment went another way than AWS's; nothing where it did not. */
  deploy(given: Deployment): Promise<string | undefined>
  /** The same of any template: nothing where it is created and deleted, whatever it holds. */
  tryOut(name: string, text: string): Promise<string | undefined>
  /** What is there though every stack was deleted. */
  left(): Promise<Pick<Listing, 'stacks' | 'apis' | 'functions'>>
  stop(): Promise<void>
}

export async function openSite(folder: string): Promise<Site> {
  const postern = await startPostern({ stubUnsupported: true })
  const client = connect({ endpoint: postern.endpoint, account: '123456789012', region: 'eu-central-1' }, {})
  await upload(folder, client)
  const values = await companions(client)
  return {
    deploy(given) {
      const expected = JSON.parse(readFileSync(join(folder, given.expected), 'utf8')) as ExpectedResource[]
      const wanted = { text: textOf(folder, given), parameters: parameterValues(given, values), capabilities: CAPABILITIES }
      return attempt(client, { stack: stackNameOf(given.name), ...wanted }, expected)
    },
    async tryOut(name, text) {
      const wanted = { text: await prepared(text, client), parameters: anything(text) }
      return attempt(client, { stack: stackNameOf(name), ...wanted, capabilities: [...CAPABILITIES, 'CAPABILITY_NAMED_IAM'] })
    },
    async left() {
      const { stacks, apis, functions } = await client.get<Listing>('list')
      return { stacks, apis, functions }
    },
    stop: () => postern.stop(),
  }
}

const BUCKET = 'sam-integration'

/** What the placeholders in the templates stand for. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  codeuri: `s3://${BUCKET}/code.zip`,
  contenturi: `s3://${BUCKET}/layer.zip`,
  binaryMediaCodeUri: `s3://${BUCKET}/binary-media.zip`,
  definitionuri: `s3://${BUCKET}/swagger1.json`,
  mtlsuri: `s3://${BUCKET}/truststore.pem`,
  templateurl: `https://s3.amazonaws.com/${BUCKET}/template.yaml`,
}

/** The template with its placeholders filled in. */
export function textOf(folder: string, { template }: Deployment): string {
  const text = readFileSync(join(folder, template), 'utf8')
  return text.replace(/\$\{(\w+)\}/g, (whole, name: string) => PLACEHOLDERS[name] ?? whole)
}

async function upload(folder: string, client: Client): Promise<void> {
  await client.call('s3', 'CreateBucket', {
    Bucket: BUCKET,
    CreateBucketConfiguration: { LocationConstraint: client.region },
  })
  const code = (name: string) => {
    const path = sharedFile(folder, `integration/code/${name}`)
    return path === undefined ? {} : { [name]: readFileSync(path) }
  }
  const hello = await packInlineSource('exports.handler = async () => "hello"')
  const objects: Record<string, Uint8Array> = {
    'code.zip': hello,
    'layer.zip': hello,
    'binary-media.zip': hello,
    ...code('swagger1.json'),
    ...code('template.yaml'),
    'truststore.pem': Buffer.from('-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n'),
  }
  for (const [Key, bytes] of Object.entries(objects))
    await client.call('s3', 'PutObject', { Bucket: BUCKET, Key, Body: { $bytes: Buffer.from(bytes).toString('base64') } })
}

/** Today's runtimes, and something in every bucket that the template takes its code from. */
async function prepared(text: string, client: Client): Promise<string> {
  const hello = Buffer.from(await packInlineSource('exports.handler = async () => "hello"')).toString('base64')
  for (const [, Bucket = '', Key = ''] of text.matchAll(/s3:\/\/([\w.-]+)\/([\w./-]+)/g)) {
    const LocationConstraint = client.region
    await client.call('s3', 'CreateBucket', { Bucket, CreateBucketConfiguration: { LocationConstraint } }).catch(() => {})
    const $bytes = /json|ya?ml|swagger/.test(Key) ? Buffer.from(DEFINITION).toString('base64') : hello
    await client.call('s3', 'PutObject', { Bucket, Key, Body: { $bytes } })
  }
  return text.replace(/(nodejs|python|dotnetcore|go|java)\d[\d.x]*/g, 'nodejs22.x')
}

const DEFINITION = JSON.stringify({
  swagger: '2.0',
  info: { title: 'any', version: '1' },
  paths: { '/': { get: { responses: {}, 'x-amazon-apigateway-integration': { type: 'mock' } } } },
})

/** A value for each parameter that has none of its own. */
function anything(text: string): Record<string, string> {
  const { Parameters } = parseTemplate(text)
  const open = Object.entries(isMap(Parameters) ? Parameters : {}).filter(
    ([, declared]) => isMap(declared) && !('Default' in declared),
  )
  return Object.fromEntries(
    open.map(([name, declared]) => [name, isMap(declared) && declared['Type'] === 'Number' ? '1' : 'anything']),
  )
}

/** AWS's tests transform the templates themselves, so most do not ask for it. */
const transforming = (text: string) => `Transform: AWS::Serverless-2016-10-31\n${text.replace(/^Transform: *\S+ *$/m, '')}`

/** What AWS's own tests take from a companion stack, or from an account that is prepared for them. */
async function companions(client: Client): Promise<Record<string, string>> {
  const { account, region } = client
  const arn = (service: string, rest: string) => `arn:aws:${service}:${region}:${account}:${rest}`
  const { Subnets } = await client.call<{ Subnets: { SubnetId: string; VpcId: string }[] }>('ec2', 'DescribeSubnets', {})
  const { SecurityGroups } = await client.call<{ SecurityGroups: { GroupId: string }[] }>('ec2', 'DescribeSecurityGroups', {})
  const { HostedZone } = await client.call<{ HostedZone: { Id: string } }>('route53', 'CreateHostedZone', {
    Name: 'example.com',
    CallerReference: 'the custom domains of the integration tests',
  })
  const certificate = arn('acm', 'certificate/6b1d2a4e-5f2b-4c7a-9a4f-3d3f0c1b2a10')
  return {
    Bucket: BUCKET,
    CodeKey: 'code.zip',
    SwaggerKey: 'swagger1.json',
    BinaryMediaCodeKey: 'binary-media.zip',
    BucketName: 'sam-integration-destination',
    HostedZoneId: HostedZone.Id.replace('/hostedzone/', ''),
    ...Object.fromEntries(DOMAIN_NAMES.map((name) => [name, 'api.example.com'])),
    ...Object.fromEntries(CERTIFICATES.map((name) => [name, certificate])),
    DisableExecuteApiEndpointValue: 'true',
    FailOnWarningsValue: 'true',
    DeployConfigName: 'CustomLambdaDeploymentConfiguration',
    ScheduleName: 'every-five-minutes',
    IpAddressType: 'dualstack',
    KMSKeyArn: arn('kms', 'key/0c1b2a10-5f2b-4c7a-9a4f-3d3f6b1d2a4e'),
    SubnetId: Subnets[0]!.SubnetId,
    SecurityGroup: SecurityGroups[0]!.GroupId,
    PreCreatedSubnetOne: Subnets[0]!.SubnetId,
    PreCreatedVpc: Subnets[0]!.VpcId,
    PreCreatedMqBrokerArn: arn('mq', 'broker:brokers:b-6b1d2a4e-5f2b-4c7a-9a4f-3d3f0c1b2a10'),
    PreCreatedMqBrokerSecretArn: arn('secretsmanager', 'secret:broker-AbCdEf'),
    PreCreatedMskClusterArn: arn('kafka', 'cluster/events/6b1d2a4e-5f2b-4c7a-9a4f-3d3f0c1b2a10-1'),
  }
}

const DOMAIN_NAMES = ['MyDomainName', 'MyRegionalDomainName', 'MyRestRegionalDomainName', 'DomainName']

const CERTIFICATES = [
  ...['CertificateArn', 'MyDomainCert', 'MyDomainCertificate', 'MyRestRegionalDomainCert', 'MyRegionalDomainCert'],
  ...['MyDomainOwnershipVerificationCertificate', 'MyOwnershipVerificationCert'],
]

function parameterValues({ parametersWithoutDefault }: Deployment, values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(parametersWithoutDefault.map((name) => [name, values[name] ?? `no value for ${name}`]))
}

const stackNameOf = (name: string) => `sam-${name.replace(/[^A-Za-z0-9]+/g, '-')}`.slice(0, 100)

/** A stack to be made. */
interface Wanted {
  readonly stack: string
  readonly text: string
  readonly parameters: Readonly<Record<string, string>>
  readonly capabilities: readonly string[]
}

/** AWS's tests give these, and no more. */
const CAPABILITIES = ['CAPABILITY_IAM', 'CAPABILITY_AUTO_EXPAND']

async function attempt(client: Client, wanted: Wanted, expected?: readonly ExpectedResource[]): Promise<string | undefined> {
  const { stack } = wanted
  try {
    const created = await create(client, wanted)
    const difference = created ?? (expected && differenceOf(await resourcesOf(client, stack), expected))
    return difference ?? (await remove(client, stack))
  } catch (error) {
    return `threw ${error instanceof Error ? error.message : error}`
  } finally {
    await remove(client, stack)
  }
}

/** Why the stack was not created; nothing where it was. */
async function create(client: Client, { stack, text, parameters, capabilities }: Wanted) {
  const { bucket, key } = await client.keepPackage(Buffer.from(transforming(text)))
  const { Id } = await client.call<{ Id: string }>('cloudformation', 'CreateChangeSet', {
    StackName: stack,
    ChangeSetName: 'create',
    ChangeSetType: 'CREATE',
    TemplateURL: `https://s3.amazonaws.com/${bucket}/${key}`,
    Capabilities: capabilities,
    Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
  })
  const changeSet = await client.call<{ Status: string; StatusReason?: string }>('cloudformation', 'DescribeChangeSet', {
    ChangeSetName: Id,
  })
  if (changeSet.Status !== 'CREATE_COMPLETE') return `the change set failed: ${changeSet.StatusReason}`
  await client.call('cloudformation', 'ExecuteChangeSet', { ChangeSetName: Id })
  const status = await restOf(client, stack)
  return status === 'CREATE_COMPLETE' ? undefined : `${status}: ${await failuresOf(client, stack)}`
}

async function failuresOf(client: Client, stack: string): Promise<string> {
  const { StackEvents } = await client.call<{
    StackEvents: { ResourceStatus: string; ResourceStatusReason?: string; LogicalResourceId: string }[]
  }>('cloudformation', 'DescribeStackEvents', { StackName: stack })
  return StackEvents.filter(({ ResourceStatus }) => ResourceStatus.endsWith('_FAILED'))
    .map(({ LogicalResourceId, ResourceStatusReason }) => `${LogicalResourceId}: ${ResourceStatusReason}`)
    .join('; ')
}

interface Resource extends ExpectedResource {
  readonly ResourceStatus: string
  readonly PhysicalResourceId?: string
}

async function resourcesOf(client: Client, stack: string): Promise<Resource[]> {
  const { StackResources } = await client.call<{ StackResources: Resource[] }>('cloudformation', 'DescribeStackResources', {
    StackName: stack,
  })
  return StackResources
}

/** Pairwise by logical id, which may have ten digits of a hash at its end. */
export function differenceOf(actual: readonly ExpectedResource[], expected: readonly ExpectedResource[]): string | undefined {
  const sorted = (list: readonly ExpectedResource[]) =>
    list.map(({ LogicalResourceId: id, ResourceType: type }) => ({ id, type })).sort((a, b) => (a.id < b.id ? -1 : 1))
  const [found, wanted] = [sorted(actual), sorted(expected)]
  const fits = (one: { id: string; type: string }, other: { id: string; type: string }) =>
    one.type === other.type && new RegExp(`^${other.id}([0-9a-f]{10})?$`).test(one.id)
  const missing = wanted.filter((one) => !found.some((other) => fits(other, one)))
  const surplus = found.filter((one) => !wanted.some((other) => fits(one, other)))
  const inWords = (list: { id: string; type: string }[]) => list.map(({ id, type }) => `${id} ${type}`).join(', ')
  if (missing.length + surplus.length > 0) return `missing: ${inWords(missing)}; surplus: ${inWords(surplus)}`
  return found.length === wanted.length ? undefined : `${found.length} resources instead of ${wanted.length}`
}

/** Deletes the stack; tells where something of it is left. */
async function remove(client: Client, stack: string): Promise<string | undefined> {
  const { Stacks } = await client
    .call<{ Stacks: { StackId: string }[] }>('cloudformation', 'DescribeStacks', { StackName: stack })
    .catch(() => ({ Stacks: [] }))
  const id = Stacks[0]?.StackId
  if (id === undefined) return undefined
  await client.call('cloudformation', 'DeleteStack', { StackName: id })
  const status = await restOf(client, id)
  if (status !== 'DELETE_COMPLETE') return `${status}: ${await failuresOf(client, id)}`
  const left = (await resourcesOf(client, id)).filter(({ ResourceStatus }) => ResourceStatus !== 'DELETE_COMPLETE')
  const kept = left.filter(({ ResourceStatus }) => ResourceStatus !== 'DELETE_SKIPPED')
  return kept.length > 0 ? `left behind: ${kept.map(({ LogicalResourceId }) => LogicalResourceId).join(', ')}` : undefined
}

async function restOf(client: Client, stack: string): Promise<string> {
  for (;;) {
    const { Stacks } = await client.call<{ Stacks: { StackStatus: string }[] }>('cloudformation', 'DescribeStacks', {
      StackName: stack,
    })
    const { StackStatus } = Stacks[0]!
    if (!StackStatus.endsWith('_IN_PROGRESS')) return StackStatus
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
