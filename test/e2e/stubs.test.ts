import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aws, awsJson, awsVersion, postern, ROOT, type Running, removeFolder, temporaryFolder, up } from './harness.ts'

const who = { account: '112358132134', region: 'sa-east-1' }
const env = { AWS_ACCESS_KEY_ID: who.account, AWS_REGION: who.region }
const template = join(ROOT, 'test/e2e/templates/unsupported.yaml')
const own = `arn:aws:[a-z]+:${who.region}:${who.account}:`

describe('what Postern does not implement', () => {
  let running: Running
  let folder: string
  const cli = (...args: string[]) => postern(running, args, env)
  const deploy = (...args: string[]) =>
    cli('deploy', '-t', template, '--stack-name', 'jobs', '--capabilities', 'CAPABILITY_IAM', ...args)

  beforeAll(async () => {
    folder = temporaryFolder()
    mkdirSync(join(folder, 'data'))
    running = await up(join(folder, 'data'))
  })
  afterAll(async () => {
    await running?.stop()
    removeFolder(folder)
  })

  it('is refused, with the line of each and the way to go without', async () => {
    const { code, stderr } = await deploy()
    expect(code).toBe(1)
    expect(stderr).toContain(`AWS::SQS::Queue (${template}:22:5)`)
    expect(stderr).toContain('Postern does not support AWS::Lambda::LayerVersion, AWS::SQS::Queue')
    expect(stderr).toContain('`--stub-unsupported`')
  })

  it('is stood in for where asked, and each stub and each property without effect is told of with its line', async () => {
    const { code, stdout, stderr } = await deploy('--stub-unsupported')
    expect(code, stderr).toBe(0)
    expect(stderr).toMatch(/CREATE_COMPLETE +Jobs AWS::SQS::Queue +a stub: AWS::SQS::Queue is not implemented by Postern/)
    const warnings = stdout.split('\n').filter((line) => line.startsWith('warning: '))
    expect(warnings.map((line) => line.replace('warning: ', '').replace(template, 'template'))).toEqual([
      'HelloJobs: a stub: AWS::Lambda::EventSourceMapping is not implemented by Postern (template:5:3)',
      'Hello: property `Layers` of AWS::Lambda::Function is not supported by Postern (template:11:15)',
      'Elsewhere: Postern does not run `python3.12` functions yet: it runs `nodejs*` and `provided.*` (template:17:27)',
      'Layer: a stub: AWS::Lambda::LayerVersion is not implemented by Postern (template:19:5)',
      'Jobs: a stub: AWS::SQS::Queue is not implemented by Postern (template:22:5)',
    ])
    expect(stdout).toMatch(/Arn +arn:aws:sqs:sa-east-1:112358132134:jobs-Jobs-[A-Z0-9]{12}\n/)
  })

  it('is what the rest of the stack sees', async () => {
    const { stdout: url } = await cli('outputs', 'jobs', 'Url')
    expect(url).toMatch(/^https:\/\/sqs\.sa-east-1\.amazonaws\.com\/112358132134\/jobs-Jobs-[A-Z0-9]{12}$/m)
    expect(JSON.parse((await cli('invoke', 'Hello')).stdout)).toBe(url.trim())
    const elsewhere = await cli('invoke', 'Elsewhere')
    expect(elsewhere).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Postern does not run `python3.12` functions yet'),
    })
  })

  it('is counted by `list`, and told of again by a deployment that changes nothing', async () => {
    const { stacks } = JSON.parse((await cli('list', '--json')).stdout)
    expect(stacks).toMatchObject([{ name: 'jobs', stubs: 3 }])
    const again = JSON.parse((await deploy('--stub-unsupported', '--json')).stdout)
    expect(again).toMatchObject({ changed: false })
    expect(again.caveats).toHaveLength(5)
  })

  it.skipIf(awsVersion === undefined)('is visible to the aws CLI, which asks for it by a tag', async () => {
    const call = <T>(operation: string, ...args: string[]) => awsJson<T>(running, who, ['cloudformation', operation, ...args])
    const given = ['--stack-name', 'by-tag', '--template-body', `file://${template}`]
    const consent = ['--capabilities', 'CAPABILITY_IAM', 'CAPABILITY_AUTO_EXPAND']
    const refused = await aws(running, who, ['cloudformation', 'create-stack', ...given, ...consent])
    expect(refused).toMatchObject({ code: expect.any(Number), stderr: expect.stringContaining('postern:stub-unsupported=true') })

    await call('create-stack', ...given, ...consent, '--tags', 'Key=postern:stub-unsupported,Value=true')
    await call('wait', 'stack-create-complete', '--stack-name', 'by-tag')
    interface Resource {
      readonly LogicalResourceId: string
      readonly PhysicalResourceId: string
      readonly ResourceStatus: string
      readonly ResourceStatusReason?: string
    }
    const resources = async () => {
      const { StackResources } = await call<{ StackResources: Resource[] }>('describe-stack-resources', '--stack-name', 'by-tag')
      return new Map(StackResources.map((resource) => [resource.LogicalResourceId, resource]))
    }
    const before = await resources()
    expect(before.get('Layer')).toMatchObject({
      ResourceStatus: 'CREATE_COMPLETE',
      ResourceStatusReason: 'a stub: AWS::Lambda::LayerVersion is not implemented by Postern',
      PhysicalResourceId: expect.stringMatching(new RegExp(`^${own}layer:common:1$`)),
    })
    expect(before.get('HelloRole')?.ResourceStatusReason).toBeUndefined()

    // An update keeps the tags, and the queue its name.
    await call(
      'update-stack',
      '--stack-name',
      'by-tag',
      '--use-previous-template',
      ...consent,
      '--parameters',
      'ParameterKey=Delay,ParameterValue=9',
    )
    await call('wait', 'stack-update-complete', '--stack-name', 'by-tag')
    const after = await resources()
    expect(after.get('Jobs')).toMatchObject({
      ResourceStatus: 'UPDATE_COMPLETE',
      PhysicalResourceId: before.get('Jobs')?.PhysicalResourceId,
    })
    await call('delete-stack', '--stack-name', 'by-tag')
    await call('wait', 'stack-delete-complete', '--stack-name', 'by-tag')
  })

  it('is stood in for in every stack by `postern up --stub-unsupported`', async () => {
    mkdirSync(join(folder, 'always'))
    const always = await up(join(folder, 'always'), '--stub-unsupported')
    try {
      const { code, stdout } = await postern(always, [
        'deploy',
        '-t',
        template,
        '--stack-name',
        'jobs',
        '--capabilities',
        'CAPABILITY_IAM',
      ])
      expect(code).toBe(0)
      expect(stdout).toContain('a stub: AWS::SQS::Queue is not implemented by Postern')
    } finally {
      await always.stop()
    }
  })

  it('goes with its stack', async () => {
    expect(await cli('delete', 'jobs')).toMatchObject({ code: 0 })
    expect(JSON.parse((await cli('list', '--json')).stdout)).toMatchObject({ stacks: [], functions: [] })
  })
})
