import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aws, awsJson, awsVersion, POSTERN, type Running, removeFolder, run, temporaryFolder, up } from './harness.ts'

const who = { account: '161803398874', region: 'eu-north-1' }

const TEMPLATE = `
AWSTemplateFormatVersion: '2010-09-09'
Transform:
  - AWS::LanguageExtensions
  - AWS::Serverless-2016-10-31
Parameters:
  Names: { Type: CommaDelimitedList, Default: 'users,orders' }
  Stage: { Type: String, Default: dev }
Mappings:
  Stages: { prod: { Days: 30 } }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Fn::ForEach::Logs:
    - Name
    - !Ref Names
    - \${Name}Log:
        Type: AWS::Logs::LogGroup
        DeletionPolicy: !If [IsProd, Retain, Delete]
        Properties:
          LogGroupName: !Sub "/\${AWS::StackName}/\${Name}"
          RetentionInDays: !FindInMap [Stages, !Ref Stage, Days, { DefaultValue: 7 }]
  Fn::ForEach::Functions:
    - Name
    - !Ref Names
    - \${Name}Function:
        Type: AWS::Serverless::Function
        Properties:
          CodeUri: code
          Handler: index.handler
          Runtime: nodejs20.x
          Environment:
            Variables:
              COUNT: { Fn::Length: !Ref Names }
              JSON: { Fn::ToJsonString: { log: !Ref { Fn::Sub: "\${Name}Log" }, stage: !Ref Stage } }
  Fn::Transform: { Name: AWS::Include, Parameters: { Location: LOCATION } }
Outputs:
  Fn::ForEach::FunctionNames:
    - Name
    - !Ref Names
    - \${Name}Name: { Value: !Ref { Fn::Sub: "\${Name}Function" } }
`
const SNIPPET = `Extra:
  Type: AWS::Logs::LogGroup
  Properties: { LogGroupName: { Fn::Sub: "/\${AWS::StackName}/extra" } }
`
const IDS = ['Extra', 'ordersFunction', 'ordersFunctionRole', 'ordersLog', 'usersFunction', 'usersFunctionRole', 'usersLog']

interface Stack {
  readonly StackStatus: string
  readonly Outputs: readonly { readonly OutputKey: string; readonly OutputValue: string }[]
}
interface Processed {
  readonly TemplateBody: { readonly Resources: Readonly<Record<string, { readonly Properties: Record<string, unknown> }>> }
}

describe.skipIf(awsVersion === undefined)('templates with loops and snippets', () => {
  let running: Running
  let folder: string
  const path = (name: string) => join(folder, name)
  const write = (name: string, text: string) => writeFileSync(path(name), text)
  const cli = (...args: string[]) => aws(running, who, args, folder)
  const cloudformation = <T>(...args: string[]) => awsJson<T>(running, who, ['cloudformation', ...args])
  const stack = async (name: string) =>
    (await cloudformation<{ Stacks: Stack[] }>('describe-stacks', '--stack-name', name)).Stacks[0]
  const idsOf = async (name: string) => {
    const found = await cloudformation<{ StackResources: { LogicalResourceId: string }[] }>(
      'describe-stack-resources',
      '--stack-name',
      name,
    )
    return found.StackResources.map(({ LogicalResourceId }) => LogicalResourceId).sort()
  }

  beforeAll(async () => {
    folder = temporaryFolder()
    mkdirSync(path('data'))
    mkdirSync(path('code'))
    write('code/index.mjs', 'export const handler = async () => ({ count: process.env.COUNT, json: process.env.JSON })\n')
    write('snippet.yaml', SNIPPET)
    write('template.yaml', TEMPLATE.replace('LOCATION', 'snippet.yaml'))
    running = await up(path('data'))
  })
  afterAll(async () => {
    await running?.stop()
    removeFolder(folder)
  })

  it('are deployed by the aws CLI, from a bucket', async () => {
    await cli('s3', 'mb', 's3://castle-snippets')
    const inline = TEMPLATE.replace(
      'CodeUri: code',
      "InlineCode: 'exports.handler = async () => ({ count: process.env.COUNT, json: process.env.JSON })'",
    )
    write('inline.yaml', inline.replace('LOCATION', 's3://castle-snippets/snippet.yaml'))
    await cli('s3', 'cp', 'snippet.yaml', 's3://castle-snippets/snippet.yaml')
    const deployed = await cli(
      ...[
        'cloudformation',
        'deploy',
        '--stack-name',
        'loops',
        '--template-file',
        'inline.yaml',
        '--capabilities',
        'CAPABILITY_IAM',
      ],
    )
    expect(deployed).toMatchObject({ code: 0 })
    expect(await stack('loops')).toMatchObject({ StackStatus: 'CREATE_COMPLETE' })
    expect(await idsOf('loops')).toEqual(IDS)
  })

  it('know what their loops and functions came to', async () => {
    const { Outputs = [] } = (await stack('loops')) ?? {}
    const name = Outputs.find(({ OutputKey }) => OutputKey === 'ordersName')?.OutputValue ?? ''
    await cli('lambda', 'invoke', '--function-name', name, 'answer.json')
    expect(JSON.parse(readFileSync(path('answer.json'), 'utf8'))).toEqual({
      count: '2',
      json: '{"log":"/loops/orders","stage":"dev"}',
    })
  })

  it('show what they became, and what they were', async () => {
    const { TemplateBody } = await cloudformation<Processed>(
      'get-template',
      '--stack-name',
      'loops',
      '--template-stage',
      'Processed',
    )
    expect(Object.keys(TemplateBody.Resources).sort()).toEqual(IDS)
    expect(TemplateBody).not.toHaveProperty('Transform')
    expect(TemplateBody.Resources['usersLog']).toEqual({
      Type: 'AWS::Logs::LogGroup',
      DeletionPolicy: 'Delete',
      Properties: { LogGroupName: '/loops/users', RetentionInDays: 7 },
    })
    const original = await cli(
      'cloudformation',
      'get-template',
      '--stack-name',
      'loops',
      '--query',
      'TemplateBody',
      '--output',
      'text',
    )
    expect(original.stdout).toContain('Fn::ForEach::Logs')
  })

  it('name their transforms before they are deployed, and ask for consent', async () => {
    const body = ['--template-body', `file://${path('inline.yaml')}`]
    const transforms = ['AWS::LanguageExtensions', 'AWS::Serverless-2016-10-31', 'AWS::Include']
    for (const operation of ['validate-template', 'get-template-summary'])
      expect(await cloudformation(operation, ...body)).toMatchObject({
        Capabilities: ['CAPABILITY_AUTO_EXPAND'],
        DeclaredTransforms: transforms,
      })
    const refused = await cli('cloudformation', 'create-stack', '--stack-name', 'other', ...body)
    expect(refused.stderr).toContain('Requires capabilities : [CAPABILITY_AUTO_EXPAND]')
  })

  it('keep the snippet they were deployed with until they are updated', async () => {
    write('snippet.yaml', SNIPPET.replace('/extra', '/changed'))
    await cli('s3', 'cp', 'snippet.yaml', 's3://castle-snippets/snippet.yaml')
    const processed = () => cloudformation<Processed>('get-template', '--stack-name', 'loops', '--template-stage', 'Processed')
    const group = async () => (await processed()).TemplateBody.Resources['Extra']?.Properties['LogGroupName']
    expect(await group()).toBe('/loops/extra')
    const updated = await cli(
      ...[
        'cloudformation',
        'deploy',
        '--stack-name',
        'loops',
        '--template-file',
        'inline.yaml',
        '--capabilities',
        'CAPABILITY_IAM',
      ],
    )
    expect(updated).toMatchObject({ code: 0 })
    expect(await group()).toBe('/loops/changed')
  })

  it('say with the change set why a transform failed', async () => {
    write('wrong.yaml', TEMPLATE.replace('- !Ref Names', '- !Ref Stage').replace('LOCATION', 's3://castle-snippets/snippet.yaml'))
    const failed = await cli('cloudformation', 'deploy', '--stack-name', 'wrong', '--template-file', 'wrong.yaml')
    expect(failed.stderr).toContain(
      'Transform AWS::LanguageExtensions failed with: Could not find a collection or could not be resolved for Fn::ForEach',
    )
  })

  it('are deployed and printed by postern from the files beside them', async () => {
    const postern = (...args: string[]) => run(process.execPath, [POSTERN, ...args], { cwd: folder })
    const printed = await postern(
      'transform',
      '--template',
      'template.yaml',
      '--format',
      'json',
      '--parameter-overrides',
      'Names=a',
    )
    expect(Object.keys(JSON.parse(printed.stdout).Resources).sort()).toEqual(['Extra', 'aFunction', 'aFunctionRole', 'aLog'])
    const deployed = await postern(
      'deploy',
      '--template',
      'template.yaml',
      '--stack-name',
      'local',
      '--capabilities',
      'CAPABILITY_IAM',
      '--endpoint',
      running.endpoint,
    )
    expect(deployed).toMatchObject({ code: 0 })
    const wrong = await postern('transform', '--template', 'wrong.yaml')
    expect(wrong).toMatchObject({ code: 1 })
    expect(wrong.stderr).toContain('wrong.yaml:16:12: Transform AWS::LanguageExtensions failed with: ')
  })
})
