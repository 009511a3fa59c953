import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { zipOf } from '#cli/package-code.ts'
import {
  aws,
  awsCanPackage,
  awsJson,
  awsVersion,
  EXAMPLE,
  http,
  postern,
  type Running,
  removeFolder,
  temporaryFolder,
  up,
} from './harness.ts'

const who = { account: '314159265358', region: 'ap-southeast-2' }
const names = { network: 'castle-net', infrastructure: 'castle-infra', side: 'castle-side', service: 'castle' }

/** The three stacks by the real aws CLI, under other names and in another region than the example's. */
describe.skipIf(awsVersion === undefined)('the aws CLI deploys the three stacks', () => {
  let running: Running
  let folder: string
  const packaged = () => join(folder, 'packaged.yaml')
  const cli = (...args: string[]) => aws(running, who, args, folder)
  const deploy = (stack: string, template: string, ...more: string[]) =>
    cli('cloudformation', 'deploy', '--stack-name', stack, '--template-file', template, '--no-fail-on-empty-changeset', ...more)
  const statusOf = async (stack: string) => {
    const { Stacks } = await awsJson<{ Stacks: { StackStatus: string }[] }>(running, who, [
      'cloudformation',
      'describe-stacks',
      '--stack-name',
      stack,
    ])
    return Stacks[0]?.StackStatus
  }
  const outputsOf = async (stack: string) => {
    const { Stacks } = await awsJson<{ Stacks: { Outputs: { OutputKey: string; OutputValue: string }[] }[] }>(running, who, [
      'cloudformation',
      'describe-stacks',
      '--stack-name',
      stack,
    ])
    return Object.fromEntries((Stacks[0]?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]))
  }

  beforeAll(async () => {
    folder = temporaryFolder()
    cpSync(EXAMPLE, folder, { recursive: true })
    mkdirSync(join(folder, 'data'))
    running = await up(join(folder, 'data'))
  })
  afterAll(async () => {
    await running?.stop()
    removeFolder(folder)
  })

  it('deploys network and infrastructure', async () => {
    const network = await deploy(
      names.network,
      'network.yaml',
      '--parameter-overrides',
      'VpcCidr=10.77.0.0/16',
      'SubnetACidr=10.77.1.0/24',
      'SubnetBCidr=10.77.2.0/24',
    )
    expect(network).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`Successfully created/updated stack - ${names.network}`),
    })
    for (const stack of [names.infrastructure, names.side]) {
      expect(await deploy(stack, 'infrastructure.yaml', '--parameter-overrides', `NetworkStack=${names.network}`)).toMatchObject({
        code: 0,
      })
    }
    expect(await outputsOf(names.infrastructure)).toEqual({
      ExecuteApiEndpointId: expect.stringMatching(/^vpce-[0-9a-f]{17}$/),
      ExecuteApiEndpointDnsName: expect.stringMatching(
        /^vpce-[0-9a-f]{17}-[a-z0-9]{8}\.execute-api\.ap-southeast-2\.vpce\.amazonaws\.com$/,
      ),
    })
  })

  it('describes what the network stack made', async () => {
    const describe = async <T>(what: string, ...args: string[]) => awsJson<T>(running, who, ['ec2', what, ...args])
    const { Vpcs } = await describe<{ Vpcs: { CidrBlock: string; VpcId: string }[] }>(
      'describe-vpcs',
      '--filters',
      'Name=cidr,Values=10.77.0.0/16',
    )
    expect(Vpcs).toHaveLength(1)
    const vpc = `Name=vpc-id,Values=${Vpcs[0]?.VpcId}`
    const { Subnets } = await describe<{ Subnets: { AvailabilityZone: string }[] }>('describe-subnets', '--filters', vpc)
    expect(Subnets.map(({ AvailabilityZone }) => AvailabilityZone).sort()).toEqual(['ap-southeast-2a', 'ap-southeast-2b'])
    const { SecurityGroups } = await describe<{ SecurityGroups: { GroupName: string }[] }>(
      'describe-security-groups',
      '--filters',
      vpc,
    )
    expect(SecurityGroups.map(({ GroupName }) => GroupName)).toContain('default')
    const { VpcEndpoints } = await describe<{
      VpcEndpoints: { State: string; NetworkInterfaceIds: string[]; ServiceName: string }[]
    }>('describe-vpc-endpoints', '--filters', vpc)
    expect(VpcEndpoints).toHaveLength(2)
    expect(VpcEndpoints[0]).toMatchObject({ State: 'available', ServiceName: 'com.amazonaws.ap-southeast-2.execute-api' })
    const { NetworkInterfaces } = await describe<{ NetworkInterfaces: unknown[] }>(
      'describe-network-interfaces',
      '--filters',
      vpc,
    )
    expect(NetworkInterfaces).toHaveLength(4)
  })

  it('says who the caller is', async () => {
    expect(await awsJson(running, who, ['sts', 'get-caller-identity'])).toMatchObject({ Account: who.account })
  })

  it('keeps code in a bucket', async () => {
    expect(await cli('s3', 'mb', 's3://castle-artifacts')).toMatchObject({ code: 0 })
    writeFileSync(join(folder, 'code.zip'), await zipOf(join(folder, 'src')))
    expect(await cli('s3', 'cp', 'code.zip', 's3://castle-artifacts/code.zip')).toMatchObject({ code: 0 })
    expect((await cli('s3', 'ls', 's3://castle-artifacts')).stdout).toMatch(/ code\.zip\n$/)
    const template = readFileSync(join(folder, 'service.yaml'), 'utf8')
    writeFileSync(packaged(), template.replace('CodeUri: src/', 'CodeUri: s3://castle-artifacts/code.zip'))
  })

  it.skipIf(!awsCanPackage)('packages', async () => {
    const args = ['--template-file', 'service.yaml', '--s3-bucket', 'castle-artifacts', '--output-template-file', packaged()]
    expect(await cli('cloudformation', 'package', ...args)).toMatchObject({ code: 0 })
    expect(readFileSync(packaged(), 'utf8')).toMatch(/CodeUri: s3:\/\/castle-artifacts\//)
  })

  it('deploys the service, then has nothing to change', async () => {
    const refused = await deploy(
      names.service,
      packaged(),
      '--parameter-overrides',
      `InfrastructureStack=${names.infrastructure}`,
    )
    expect(refused.code).not.toBe(0)
    expect(refused.stderr).toContain('Requires capabilities : [CAPABILITY_IAM]')

    const parameters = [
      '--parameter-overrides',
      'Environment=keep',
      `InfrastructureStack=${names.infrastructure}`,
      '--capabilities',
      'CAPABILITY_IAM',
    ]
    expect(await deploy(names.service, packaged(), ...parameters)).toMatchObject({ code: 0 })
    expect(await statusOf(names.service)).toBe('CREATE_COMPLETE')
    expect(await deploy(names.service, packaged(), ...parameters)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`No changes to deploy. Stack ${names.service} is up to date`),
    })
  })

  it('answers through the endpoint, and lists what was made', async () => {
    const { ApiId = '', InvokeUrlByAlias } = await outputsOf(names.service)
    const listing = JSON.parse((await postern(running, ['list', '--json'])).stdout)
    const { ExecuteApiEndpointId } = await outputsOf(names.infrastructure)
    const door = listing.endpoints.find(({ id }: { id: string }) => id === ExecuteApiEndpointId)
    expect(await http(door.url, { path: '/keep/entities', headers: { 'x-apigw-api-id': ApiId } })).toMatchObject({ status: 200 })
    const alias = new URL(InvokeUrlByAlias ?? '')
    expect(await http(door.url, { path: alias.pathname, headers: { Host: alias.host } })).toMatchObject({ status: 200 })

    const apis = await awsJson<{ items: { id: string; endpointConfiguration: unknown }[] }>(running, who, [
      'apigateway',
      'get-rest-apis',
    ])
    expect(apis.items).toMatchObject([
      { id: ApiId, endpointConfiguration: { types: ['PRIVATE'], vpcEndpointIds: [ExecuteApiEndpointId] } },
    ])
    const stages = await awsJson<{ item: { stageName: string }[] }>(running, who, [
      'apigateway',
      'get-stages',
      '--rest-api-id',
      ApiId,
    ])
    expect(stages.item.map(({ stageName }) => stageName)).toContain('keep')
    const resources = await awsJson<{ items: { path: string }[] }>(running, who, [
      'apigateway',
      'get-resources',
      '--rest-api-id',
      ApiId,
    ])
    expect(resources.items.map(({ path }) => path).sort()).toEqual(['/', '/entities', '/entities/{id}'])
    const functions = await awsJson<{ Functions: { FunctionName: string }[] }>(running, who, ['lambda', 'list-functions'])
    expect(functions.Functions.map(({ FunctionName }) => FunctionName)).toEqual([`${names.service}-get-entities`])
    const answer = await cli('lambda', 'invoke', '--function-name', `${names.service}-get-entities`, 'out.json')
    expect(answer).toMatchObject({ code: 0 })
    expect(JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8'))).toMatchObject({ statusCode: 200 })
    const logs = await cli(
      'logs',
      'filter-log-events',
      '--log-group-name',
      `/aws/lambda/${names.service}-get-entities`,
      '--output',
      'text',
    )
    expect(logs.stdout).toMatch(/START RequestId: [\s\S]*REPORT RequestId: /)
  })

  it.skipIf(!awsVersion?.startsWith('2.'))('tails a log: a command of version 2', async () => {
    const tail = await cli('logs', 'tail', `/aws/lambda/${names.service}-get-entities`)
    expect(tail.stdout).toContain('END RequestId: ')
  })

  it('updates in place', async () => {
    writeFileSync(packaged(), readFileSync(packaged(), 'utf8').replace('MemorySize: 128', 'MemorySize: 256'))
    expect(await deploy(names.service, packaged(), '--capabilities', 'CAPABILITY_IAM')).toMatchObject({ code: 0 })
    expect(await statusOf(names.service)).toBe('UPDATE_COMPLETE')
    const config = await awsJson<{ Configuration: { MemorySize: number } }>(running, who, [
      'lambda',
      'get-function',
      '--function-name',
      `${names.service}-get-entities`,
    ])
    expect(config.Configuration.MemorySize).toBe(256)
  })

  it('lists exports and who imports them', async () => {
    const { Exports } = await awsJson<{ Exports: { Name: string; Value: string }[] }>(running, who, [
      'cloudformation',
      'list-exports',
    ])
    expect(Exports.map(({ Name }) => Name)).toContain(`${names.network}-vpc-id`)
    const { Imports } = await awsJson<{ Imports: string[] }>(running, who, [
      'cloudformation',
      'list-imports',
      '--export-name',
      `${names.network}-vpc-id`,
    ])
    expect([...Imports].sort()).toEqual([names.infrastructure, names.side])
    const unused = await cli('cloudformation', 'list-imports', '--export-name', `${names.side}-execute-api-endpoint-id`)
    expect(unused.stderr).toContain(`Export '${names.side}-execute-api-endpoint-id' is not imported by any stack.`)
  })

  it('refuses to delete the network while it is imported', async () => {
    await cli('cloudformation', 'delete-stack', '--stack-name', names.network)
    expect(await statusOf(names.network)).toBe('CREATE_COMPLETE')
    const { StackEvents } = await awsJson<{ StackEvents: { ResourceStatusReason?: string }[] }>(running, who, [
      'cloudformation',
      'describe-stack-events',
      '--stack-name',
      names.network,
    ])
    const reasons = StackEvents.map(({ ResourceStatusReason }) => ResourceStatusReason).join('\n')
    expect(reasons).toMatch(new RegExp(`[Ee]xport ${names.network}-\\S+ (cannot be deleted )?as it is in use by`))
  })

  it('deletes everything in reverse order, to nothing', async () => {
    for (const stack of [names.service, names.side, names.infrastructure, names.network]) {
      expect(await cli('cloudformation', 'delete-stack', '--stack-name', stack)).toMatchObject({ code: 0 })
      expect(await cli('cloudformation', 'wait', 'stack-delete-complete', '--stack-name', stack)).toMatchObject({ code: 0 })
    }
    const listing = JSON.parse((await postern(running, ['list', '--json'])).stdout)
    expect(listing).toEqual({ stacks: [], apis: [], endpoints: [], functions: [] })
    expect((await awsJson<{ Exports: unknown[] }>(running, who, ['cloudformation', 'list-exports'])).Exports).toEqual([])
    expect(await cli('s3', 'rb', '--force', 's3://castle-artifacts')).toMatchObject({ code: 0 })
  })
})
