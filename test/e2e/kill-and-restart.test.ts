import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EXAMPLE, http, postern, type Running, removeFolder, temporaryFolder, up } from './harness.ts'

describe('kill -9 loses nothing that was acknowledged', () => {
  let running: Running
  let folder: string
  let data: string

  beforeAll(async () => {
    folder = temporaryFolder()
    data = join(folder, 'data')
    mkdirSync(data)
    running = await up(data)
  })
  afterAll(async () => {
    await running?.stop()
    removeFolder(folder)
  })

  const deploy = (stack: string, file: string, ...parameters: string[]) =>
    postern(running, [
      'deploy',
      '-t',
      join(EXAMPLE, file),
      '--stack-name',
      stack,
      '--capabilities',
      'CAPABILITY_IAM',
      ...(parameters.length > 0 ? ['--parameter-overrides', ...parameters] : []),
    ])
  const listing = async () => JSON.parse((await postern(running, ['list', '--json'])).stdout)

  it('stacks, APIs, ports, code and logs are there after a restart', async () => {
    for (const ran of [
      await deploy('net', 'network.yaml'),
      await deploy('infra', 'infrastructure.yaml', 'NetworkStack=net'),
      await deploy('svc', 'service.yaml', 'InfrastructureStack=infra'),
    ]) {
      expect(ran, ran.stdout + ran.stderr).toMatchObject({ code: 0 })
    }
    const before = await listing()
    const ask = (url: string) => http(url, { path: '/development/entities/1', headers: { 'x-apigw-api-id': before.apis[0].id } })
    expect(await ask(before.endpoints[0].url)).toMatchObject({ status: 200 })
    const logBefore = (await postern(running, ['logs', 'svc-get-entities'])).stdout
    expect(logBefore).toContain('REPORT RequestId')

    await running.kill()
    running = await up(data)

    const after = await listing()
    expect({ ...after, apis: after.apis.map(({ id, stages }: { id: string; stages: string[] }) => ({ id, stages })) }).toEqual({
      ...before,
      apis: before.apis.map(({ id, stages }: { id: string; stages: string[] }) => ({ id, stages })),
    })
    expect(await ask(after.endpoints[0].url)).toMatchObject({ status: 200, body: '{"id":"1","name":"portcullis"}' })
    expect((await postern(running, ['logs', 'svc-get-entities'])).stdout).toContain(logBefore.trim().split('\n')[0])
    expect(await deploy('svc', 'service.yaml', 'InfrastructureStack=infra')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('no changes'),
    })
  })

  it('a deployment that was killed half-way comes to rest, and its events say so', async () => {
    // Killed at whatever point it is: the promise is about every one of them.
    const deploying = deploy(
      'half',
      'network.yaml',
      'VpcCidr=10.99.0.0/16',
      'SubnetACidr=10.99.1.0/24',
      'SubnetBCidr=10.99.2.0/24',
    )
    await new Promise((resolve) => setTimeout(resolve, 150))
    await running.kill()
    await deploying
    running = await up(data)
    const { stacks } = await listing()
    const half = stacks.find(({ name }: { name: string }) => name === 'half')
    if (half) {
      expect(half.status).toMatch(/^(CREATE_COMPLETE|ROLLBACK_COMPLETE|REVIEW_IN_PROGRESS)$/)
      expect((await postern(running, ['delete', 'half'])).code).toBe(0)
    }
    expect((await listing()).stacks.map(({ name }: { name: string }) => name).sort()).toEqual(['infra', 'net', 'svc'])
  })
})

/** Long enough a deployment that every kill below falls into its middle: each resource waits for the one before. */
const BUCKETS = 60

describe('kill -9 in the middle of a stack operation', () => {
  let running: Running
  let folder: string
  let data: string

  beforeAll(async () => {
    folder = temporaryFolder()
    data = join(folder, 'data')
    mkdirSync(data)
    running = await up(data)
  })
  afterAll(async () => {
    await running?.stop()
    removeFolder(folder)
  })

  const template = () => {
    const buckets = Array.from({ length: BUCKETS }, (_, index) => {
      const before = index === 0 ? 'Vpc' : `B${index - 1}`
      return `  B${index}:
    Type: AWS::S3::Bucket
    DependsOn: ${before}
    Properties:
      BucketName: !Sub '\${AWS::StackName}-${index}'
      Tags: [{ Key: cidr, Value: !Ref Cidr }]
`
    })
    return `Parameters:
  Cidr: { Type: String }
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: { CidrBlock: !Ref Cidr }
${buckets.join('')}Outputs:
  Vpc: { Value: !Ref Vpc, Export: { Name: !Sub '\${AWS::StackName}-vpc' } }
`
  }

  async function call<T>(service: string, operation: string, input: object): Promise<T> {
    const path = `/_postern/api/call/${service}/${operation}`
    const { status, body } = await http(running.endpoint, { method: 'POST', path, body: JSON.stringify(input) })
    if (status !== 200) throw new Error(`${operation} answered ${status}: ${body}`)
    return JSON.parse(body)
  }
  interface ShownEvent {
    readonly LogicalResourceId: string
    readonly ResourceStatus: string
  }
  const eventsOf = async (stack: string): Promise<ShownEvent[]> => {
    const { status, body } = await http(running.endpoint, { path: `/_postern/api/events/${stack}` })
    return status === 200 ? JSON.parse(body) : []
  }
  const eventCount = async (stack: string) => (await eventsOf(stack)).length
  const deploy = (stack: string, cidr: string) => {
    const file = join(folder, 'template.yaml')
    writeFileSync(file, template())
    return postern(running, ['deploy', '-t', file, '--stack-name', stack, '--parameter-overrides', `Cidr=${cidr}`])
  }
  const statusOf = async (stack: string): Promise<string | undefined> => {
    const { stacks } = JSON.parse((await postern(running, ['list', '--json'])).stdout)
    return stacks.find(({ name }: { name: string }) => name === stack)?.status
  }

  /** Kills Postern once the stack has so many events more than before, and starts it again. */
  async function killAfter(stack: string, more: number, operation: () => Promise<unknown>): Promise<void> {
    const before = await eventCount(stack)
    let over = false
    const ended = operation().finally(() => {
      over = true
    })
    // A stack that is gone has no events by its name.
    while (!over && (await eventCount(stack)) < before + more) await new Promise((resolve) => setImmediate(resolve))
    await running.kill()
    await ended
    running = await up(data)
  }

  /** What the records hold is what the stack lists, and what it exports is there. */
  async function expectAtRest(stack: string): Promise<void> {
    const status = (await statusOf(stack)) ?? 'DELETE_COMPLETE'
    expect(status).toMatch(/^(CREATE|ROLLBACK|UPDATE|UPDATE_ROLLBACK|DELETE)_COMPLETE$/)
    const gone = status === 'DELETE_COMPLETE'
    if (!gone) expect((await eventsOf(stack)).at(-1)).toMatchObject({ LogicalResourceId: stack, ResourceStatus: status })
    type Resource = { ResourceType: string; PhysicalResourceId: string; ResourceStatus: string }
    const { StackResources } = gone
      ? { StackResources: [] }
      : await call<{ StackResources: Resource[] }>('cloudformation', 'DescribeStackResources', { StackName: stack })
    const listed = (type: string) =>
      StackResources.filter((one) => one.ResourceType === type && one.ResourceStatus !== 'DELETE_COMPLETE')
        .map((one) => one.PhysicalResourceId)
        .sort()
    const { Buckets = [] } = await call<{ Buckets?: { Name: string }[] }>('s3', 'ListBuckets', {})
    const made = Buckets.map(({ Name }) => Name).filter((name) => name.startsWith(`${stack}-`))
    expect(made.sort()).toEqual(listed('AWS::S3::Bucket'))
    const { Vpcs } = await call<{ Vpcs: { VpcId: string; IsDefault: boolean }[] }>('ec2', 'DescribeVpcs', {})
    const vpcs = Vpcs.filter(({ IsDefault }) => !IsDefault).map(({ VpcId }) => VpcId)
    expect(vpcs).toEqual(listed('AWS::EC2::VPC'))
    const { Exports = [] } = await call<{ Exports?: { Value: string }[] }>('cloudformation', 'ListExports', {})
    expect(Exports.map(({ Value }) => Value)).toEqual(vpcs)
  }

  it.each([1, 20, 120])('a creation, after %i events', async (events) => {
    await killAfter('made', events, () => deploy('made', '10.1.0.0/16'))
    if ((await statusOf('made')) !== 'REVIEW_IN_PROGRESS') await expectAtRest('made')
    expect((await postern(running, ['delete', 'made'])).code).toBe(0)
    await expectAtRest('made')
  })

  it('an update with a replacement, and the deletion, each twice', async () => {
    expect(await deploy('made', '10.1.0.0/16')).toMatchObject({ code: 0 })
    for (const [events, cidr] of [
      [6, '10.2.0.0/16'],
      [120, '10.3.0.0/16'],
    ] as const) {
      await killAfter('made', events, () => deploy('made', cidr))
      await expectAtRest('made')
    }
    expect(await deploy('made', '10.4.0.0/16')).toMatchObject({ code: 0 })
    for (const events of [6, 60]) {
      if ((await statusOf('made')) === undefined) break
      await killAfter('made', events, () => postern(running, ['delete', 'made']))
      await expectAtRest('made')
    }
    await postern(running, ['delete', 'made'])
    expect(await statusOf('made')).toBeUndefined()
  }, 60_000)

  it('every object that was acknowledged is there', async () => {
    await call('s3', 'CreateBucket', { Bucket: 'kept' })
    const acknowledged: string[] = []
    const writing = (async () => {
      for (let count = 0; ; count += 1) {
        const Body = { $bytes: Buffer.from(`object ${count}`).toString('base64') }
        await call('s3', 'PutObject', { Bucket: 'kept', Key: `key-${count}`, Body })
        acknowledged.push(`key-${count}`)
      }
    })().catch((error: Error) => error)
    while (acknowledged.length < 25) await new Promise((resolve) => setImmediate(resolve))
    await running.kill()
    await writing
    running = await up(data)
    for (const [count, Key] of acknowledged.entries()) {
      const { Body } = await call<{ Body: { $bytes: string } }>('s3', 'GetObject', { Bucket: 'kept', Key })
      expect(Buffer.from(Body.$bytes, 'base64').toString()).toBe(`object ${count}`)
    }
  })
})
