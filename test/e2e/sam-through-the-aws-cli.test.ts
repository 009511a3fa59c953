import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aws, awsJson, awsVersion, http, postern, ROOT, type Running, removeFolder, temporaryFolder, up } from './harness.ts'

const who = { account: '271828182845', region: 'eu-north-1' }
const original = readFileSync(join(ROOT, 'test/e2e/templates/shop.yaml'), 'utf8')
const FAILS = 'Transform AWS::Serverless-2016-10-31 failed with: Invalid Serverless Application Specification document.'

/** Two mistakes, each on a line of its own. */
const wrong = `Transform: AWS::Serverless-2016-10-31
Resources:
  First:
    Type: AWS::Serverless::Function
    Properties: {Runtime: nodejs22.x, InlineCode: x}
  Second:
    Type: AWS::Serverless::Api
    Properties: {}
`

interface ChangeSet {
  readonly ChangeSetId: string
  readonly Status: string
  readonly StatusReason?: string
  readonly ExecutionStatus: string
  readonly Changes: readonly { readonly ResourceChange: ResourceChange }[]
}
interface ResourceChange {
  readonly Action: string
  readonly LogicalResourceId: string
  readonly ResourceType: string
  readonly Replacement?: string
  readonly Scope: readonly string[]
  readonly Details: readonly { readonly Target: { readonly Name?: string }; readonly CausingEntity?: string }[]
}

describe.skipIf(awsVersion === undefined)('the aws CLI with SAM templates', () => {
  let running: Running
  let folder: string

  const cloudformation = <T>(operation: string, ...args: string[]) =>
    awsJson<T>(running, who, ['cloudformation', operation, ...args])
  const refused = async (operation: string, ...args: string[]) => {
    const { code, stderr } = await aws(running, who, ['cloudformation', operation, ...args])
    expect(code).not.toBe(0)
    return stderr
  }
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return `file://${join(folder, name)}`
  }
  const changeSet = async (name: string, type: 'CREATE' | 'UPDATE', body: string, stack = 'shop'): Promise<ChangeSet> => {
    const given = [
      '--stack-name',
      stack,
      '--change-set-name',
      name,
      '--change-set-type',
      type,
      '--capabilities',
      'CAPABILITY_IAM',
    ]
    await cloudformation('create-change-set', ...given, '--template-body', file(`${name}.yaml`, body))
    return cloudformation('describe-change-set', '--stack-name', stack, '--change-set-name', name)
  }
  const execute = async (name: string, waiter: string) => {
    await cloudformation('execute-change-set', '--stack-name', 'shop', '--change-set-name', name)
    await cloudformation('wait', waiter, '--stack-name', 'shop')
  }
  const changesOf = ({ Changes }: ChangeSet) =>
    Changes.map(({ ResourceChange: { Action, LogicalResourceId: id, Replacement } }) =>
      [Action, id.replace(/[0-9a-f]{10}$/, ''), Replacement].filter(Boolean).join(' '),
    ).sort()

  beforeAll(async () => {
    folder = temporaryFolder()
    mkdirSync(join(folder, 'data'))
    running = await up(join(folder, 'data'))
  })
  afterAll(async () => {
    await running?.stop()
    removeFolder(folder)
  })

  it('a change set lists what the template expands to, without CAPABILITY_AUTO_EXPAND', async () => {
    const described = await changeSet('first', 'CREATE', original)
    expect(described).toMatchObject({ Status: 'CREATE_COMPLETE', ExecutionStatus: 'AVAILABLE' })
    expect(changesOf(described)).toEqual([
      'Add ServerlessRestApi',
      'Add ServerlessRestApiDeployment',
      'Add ServerlessRestApiProdStage',
      'Add Shop',
      'Add ShopGetPermissionProd',
      'Add ShopRole',
    ])
    await execute('first', 'stack-create-complete')
  })

  it('the stack answers', async () => {
    const { code, stdout } = await postern(running, ['outputs', 'shop', 'ApiId'], {
      AWS_ACCESS_KEY_ID: who.account,
      AWS_REGION: who.region,
    })
    expect(code).toBe(0)
    const headers = { Host: `${stdout.trim()}.execute-api.${who.region}.amazonaws.com` }
    expect(await http(running.endpoint, { path: '/Prod/goods', headers })).toMatchObject({ status: 200, body: 'hello' })
  })

  it('get-template gives the text as it was, and what it expands to', async () => {
    const get = (...args: string[]) =>
      cloudformation<{ TemplateBody: unknown; StagesAvailable: string[] }>('get-template', '--stack-name', 'shop', ...args)
    expect(await get()).toEqual({ TemplateBody: original, StagesAvailable: ['Original', 'Processed'] })
    expect((await get('--template-stage', 'Original')).TemplateBody).toBe(original)

    const { TemplateBody: processed } = (await get('--template-stage', 'Processed')) as {
      TemplateBody: Record<string, Record<string, { Type: string }>>
    }
    expect(Object.keys(processed).sort()).toEqual(
      ['AWSTemplateFormatVersion', 'Description', 'Outputs', 'Parameters', 'Resources'].sort(),
    )
    expect(processed['Parameters']).toEqual({ Greeting: { Type: 'String', Default: 'hello' } })
    const resources = Object.entries(processed['Resources'] ?? {})
    expect(resources.map(([id, { Type }]) => `${id.replace(/[0-9a-f]{10}$/, '')} ${Type}`).sort()).toEqual([
      'ServerlessRestApi AWS::ApiGateway::RestApi',
      'ServerlessRestApiDeployment AWS::ApiGateway::Deployment',
      'ServerlessRestApiProdStage AWS::ApiGateway::Stage',
      'Shop AWS::Lambda::Function',
      'ShopGetPermissionProd AWS::Lambda::Permission',
      'ShopRole AWS::IAM::Role',
    ])
  })

  it('a change set of an update tells what changes, what is made anew, and why', async () => {
    const changed = original.replace('/goods', '/wares').replace('Default: hello', 'Default: hi')
    const described = await changeSet('second', 'UPDATE', changed)
    expect(changesOf(described)).toEqual([
      'Add ServerlessRestApiDeployment',
      'Modify ServerlessRestApi False',
      'Modify ServerlessRestApiProdStage False',
      'Modify Shop False',
      'Modify ShopGetPermissionProd True',
      'Remove ServerlessRestApiDeployment',
    ])
    const changeOf = (id: string) =>
      described.Changes.map(({ ResourceChange }) => ResourceChange).find(({ LogicalResourceId }) => LogicalResourceId === id)
    expect(changeOf('Shop')).toMatchObject({
      ResourceType: 'AWS::Lambda::Function',
      PhysicalResourceId: expect.stringMatching(/^shop-Shop-/),
      Scope: ['Properties'],
      Details: expect.arrayContaining([
        {
          Target: { Attribute: 'Properties', Name: 'Environment', RequiresRecreation: 'Never' },
          Evaluation: 'Static',
          ChangeSource: 'ParameterReference',
          CausingEntity: 'Greeting',
        },
      ]),
    })
    expect(changeOf('ServerlessRestApiProdStage')?.Details).toMatchObject([
      { Target: { Name: 'DeploymentId' }, ChangeSource: 'ResourceReference' },
    ])
    await execute('second', 'stack-update-complete')
  })

  it('a change set without changes fails in the words for templates with transforms', async () => {
    const body = original.replace('/goods', '/wares').replace('Default: hello', 'Default: hi')
    expect(await changeSet('third', 'UPDATE', body)).toMatchObject({
      Status: 'FAILED',
      StatusReason: 'No updates are to be performed.',
      ExecutionStatus: 'UNAVAILABLE',
    })
  })

  it('a change set fails with all that the transform says', async () => {
    const described = await changeSet('broken', 'CREATE', wrong, 'broken')
    expect(described).toMatchObject({ Status: 'FAILED', ExecutionStatus: 'UNAVAILABLE', Changes: [] })
    expect(described.StatusReason).toBe(
      `${FAILS} Number of errors found: 2. Resource with id [First] is invalid. Runtime and Handler needs to be present when PackageType is of type \`Zip\` Resource with id [Second] is invalid. Missing required property 'StageName'.`,
    )
    const given = ['--stack-name', 'broken', '--change-set-name', 'broken']
    expect(await refused('wait', 'change-set-create-complete', ...given)).toContain('FAILED')
    expect(await refused('execute-change-set', ...given)).toContain('InvalidChangeSetStatus')
  })

  it('create-stack asks for consent to the expansion, and fails only afterwards where the transform does', async () => {
    const template = ['--stack-name', 'late', '--template-body', file('late.yaml', wrong)]
    expect(await refused('create-stack', ...template, '--capabilities', 'CAPABILITY_IAM')).toContain(
      '(InsufficientCapabilitiesException) when calling the CreateStack operation: Requires capabilities : [CAPABILITY_AUTO_EXPAND]',
    )
    await cloudformation('create-stack', ...template, '--capabilities', 'CAPABILITY_IAM', 'CAPABILITY_AUTO_EXPAND')
    expect(await refused('wait', 'stack-create-complete', '--stack-name', 'late')).toContain('ROLLBACK_COMPLETE')
    const { StackEvents } = await cloudformation<{
      StackEvents: { ResourceStatus: string; ResourceStatusReason?: string }[]
    }>('describe-stack-events', '--stack-name', 'late')
    const turned = StackEvents.find(({ ResourceStatus }) => ResourceStatus === 'ROLLBACK_IN_PROGRESS')
    expect(turned?.ResourceStatusReason).toMatch(
      /^Transform .* failed with: .*property 'StageName'\. Rollback requested by user\.$/,
    )
  })

  it('validate-template and get-template-summary speak of the template as it is written', async () => {
    const body = ['--template-body', file('summary.yaml', original)]
    const asked = {
      Capabilities: ['CAPABILITY_AUTO_EXPAND'],
      CapabilitiesReason: 'The following resource(s) require capabilities: [AWS::Serverless-2016-10-31]',
      DeclaredTransforms: ['AWS::Serverless-2016-10-31'],
    }
    expect(await cloudformation('validate-template', ...body)).toEqual({
      Description: 'A shop in SAM',
      Parameters: [{ ParameterKey: 'Greeting', DefaultValue: 'hello', NoEcho: false }],
      ...asked,
    })
    const summary = {
      ...asked,
      ResourceTypes: ['AWS::Serverless::Function'],
      ResourceIdentifierSummaries: [{ ResourceType: 'AWS::Serverless::Function', LogicalResourceIds: ['Shop'] }],
    }
    expect(await cloudformation('get-template-summary', ...body)).toMatchObject(summary)
    expect(await cloudformation('get-template-summary', '--stack-name', 'shop')).toMatchObject(summary)
  })

  it('postern deploy tells the line of each mistake', async () => {
    const template = join(folder, 'wrong.yaml')
    writeFileSync(template, wrong)
    const { code, stderr } = await postern(running, ['deploy', '-t', template, '--stack-name', 'wrong'])
    expect(code).toBe(1)
    expect(stderr).toContain(`PackageType is of type \`Zip\` (${template}:4:5)`)
    expect(stderr).toContain(`Missing required property 'StageName'. (${template}:8:17)`)
  })
})
