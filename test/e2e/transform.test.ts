import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { EXAMPLE, POSTERN, type Ran, removeFolder, run, temporaryFolder } from './harness.ts'

describe('postern transform', () => {
  const folder = temporaryFolder()
  afterAll(() => removeFolder(folder))

  const transform = (...args: string[]) => run(process.execPath, [POSTERN, 'transform', ...args], { cwd: folder, env: WITHOUT })
  const write = (name: string, content: string | Buffer) => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }
  const service = join(EXAMPLE, 'service.yaml')

  it('prints the CloudFormation, as YAML or as JSON, with no Postern running', async () => {
    const [yaml, json, alsoJson] = await Promise.all([
      transform('-t', service),
      transform('-t', service, '--format', 'json'),
      transform('-t', service, '--json'),
    ])
    expect(yaml).toMatchObject({ code: 0, stderr: '' })
    const template = parse(yaml.stdout)
    expect(template.Transform).toBeUndefined()
    expect(template.Resources.Api.Type).toBe('AWS::ApiGateway::RestApi')
    expect(JSON.parse(json.stdout)).toEqual(template)
    expect(alsoJson).toEqual(json)
  })

  it('names code as deploy would, so that what depends on the code is the same', async () => {
    const { stdout } = await transform('-t', service, '--region', 'eu-west-3', '--json')
    expect(JSON.parse(stdout).Resources.GetEntitiesFunction.Properties.Code).toEqual({
      S3Bucket: 'postern-packages-111122223333-eu-west-3',
      S3Key: expect.stringMatching(/^[0-9a-f]{32}$/),
    })
  })

  it('takes values for parameters, and the partition of the region', async () => {
    const { stdout } = await transform(
      '-t',
      service,
      '--parameter-overrides',
      'Environment=blue',
      '--region',
      'cn-north-1',
      '--json',
    )
    const { Resources: resources } = JSON.parse(stdout)
    expect(resources.ApiStage.Properties.StageName).toEqual({ Ref: 'Environment' })
    expect(JSON.stringify(resources.GetEntitiesFunctionRole)).toContain('arn:aws-cn:iam')
  })

  it('finds the template that is meant, and reads standard input', async () => {
    const project = join(folder, 'project')
    mkdirSync(project)
    writeFileSync(join(project, 'template.yaml'), PLAIN)
    expect(await run(process.execPath, [POSTERN, 'transform'], { cwd: project })).toMatchObject({ code: 0, stdout: PLAIN })
    const child = spawn(process.execPath, [POSTERN, 'transform', '-t', '-'], { stdio: ['pipe', 'pipe', 'inherit'] })
    child.stdin.end(PLAIN)
    expect(await text(child.stdout)).toBe(PLAIN)
  })

  it('copies Metadata where it is asked to', async () => {
    const file = write('metadata.yaml', `${FUNCTION}    Metadata: { Owner: castle }\n`)
    const owners = (ran: Ran) => JSON.parse(ran.stdout).Resources.FRole.Metadata
    expect(owners(await transform('-t', file, '--json'))).toBeUndefined()
    expect(owners(await transform('-t', file, '--json', '--metadata'))).toEqual({ Owner: 'castle' })
  })

  it('includes what lies beside the template, and leaves what lies in a bucket for CloudFormation', async () => {
    write('more.yaml', 'BucketName: portcullis\n')
    const including = (location: string) =>
      `${PLAIN}    Properties:\n      Fn::Transform: { Name: AWS::Include, Parameters: { Location: ${location} } }\n`
    const properties = async (location: string) => {
      const { stdout } = await transform('-t', write('including.yaml', including(location)), '--json')
      return JSON.parse(stdout).Resources.Bucket.Properties
    }
    expect(await properties('more.yaml')).toEqual({ BucketName: 'portcullis' })
    const elsewhere = { Name: 'AWS::Include', Parameters: { Location: 's3://bucket/more.yaml' } }
    expect(await properties('s3://bucket/more.yaml')).toEqual({ 'Fn::Transform': elsewhere })
    const missing = await transform('-t', write('including.yaml', including('missing.yaml')))
    expect(missing).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/including\.yaml:5:\d+: .*there is no missing\.yaml/),
    })
  })

  it('tells every mistake with its place and its line', async () => {
    const file = write('mistakes.yaml', MISTAKES)
    const { code, stdout, stderr } = await transform('-t', file)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('Number of errors found: 2.')
    expect(stderr).toMatch(
      /mistakes\.yaml:7:20: Resource with id \[Layer\] is invalid\..*\n +7 \| {7}LicenseInfo: \[MIT\]\n +\| +\^\n/,
    )
    const json = await transform('-t', file, '--json')
    expect(json).toMatchObject({ code: 1, stderr: '' })
    expect(JSON.parse(json.stdout)).toMatchObject({
      message: expect.stringContaining('Number of errors found: 2. Resource with id [F]'),
      causes: [
        { resource: 'F', position: { file, line: 9 } },
        { resource: 'Layer', position: { file, line: 7, column: 20 } },
      ],
    })
  })

  it.each<[string, () => string[], number, RegExp]>([
    ['a file that is not there', () => ['-t', 'nowhere.yaml'], 2, /cannot read the template: ENOENT/],
    ['a folder', () => ['-t', folder], 2, /cannot read the template: .* is a folder/],
    ['no template here', () => [], 2, /there is no template\.yaml/],
    ['an empty file', () => ['-t', write('empty.yaml', '')], 1, /empty\.yaml:1:1: Template format error: unsupported structure/],
    [
      'a binary file',
      () => ['-t', write('binary', Buffer.from([0, 159, 146, 150, 10, 255]))],
      1,
      /binary:\d+:\d+: Template format error/,
    ],
    [
      'prose',
      () => ['-t', write('prose.yaml', 'Dear reader,\n\nthis: is: no template\n')],
      1,
      /prose\.yaml:\d+:\d+: Template format error: YAML not well-formed/,
    ],
    [
      'JSON that ends early',
      () => ['-t', write('early.json', '{"Resources": {')],
      1,
      /early\.json:1:16: Template format error: JSON not well-formed/,
    ],
    [
      'a template that is too large',
      () => ['-t', write('large.yaml', `A: ${'x'.repeat(2_000_000)}`)],
      1,
      /may not exceed 1048576 bytes/,
    ],
    ['maps inside maps without end', () => ['-t', write('deep.yaml', '{a: '.repeat(20_000))], 1, /Template format error/],
    ['aliases of aliases', () => ['-t', write('bomb.yaml', BOMB)], 1, /stand for too many values/],
    [
      'a parameter that is not declared',
      () => ['-t', service, '--parameter-overrides', 'Stage=x'],
      1,
      /Parameters: \[Stage\] do not exist/,
    ],
    [
      'a value that is not allowed',
      () => ['-t', service, '--parameter-overrides', 'Environment=a-b'],
      1,
      /service\.yaml:7:5: Parameter 'Environment' must match pattern/,
    ],
    ['something that is no value', () => ['-t', service, '--parameter-overrides', 'Environment'], 2, /not of the form key=value/],
    ['an unknown format', () => ['-t', service, '--format', 'toml'], 2, /Allowed choices are yaml, json/],
    [
      'code that is not there',
      () => ['-t', write('codeless.yaml', CODELESS)],
      1,
      /codeless\.yaml:.*is not a valid S3 Uri[\s\S]*neither a bucket nor a file/,
    ],
  ])('%s', async (_what, args, code, said) => {
    const ran = await transform(...args())
    expect(ran).toMatchObject({ code, stdout: '' })
    expect(ran.stderr).toMatch(said)
    expect(ran.stderr).not.toMatch(/^\s+at /m)
    expect(ran.stderr.length).toBeLessThan(2000)
  })
})

/** Nobody to ask: what needs a running Postern fails. */
const WITHOUT = { ...process.env, POSTERN_ENDPOINT: 'http://127.0.0.1:9', AWS_ACCESS_KEY_ID: '111122223333', NO_COLOR: '1' }

const PLAIN = 'Resources:\n  Bucket:\n    Type: AWS::S3::Bucket\n'

const FUNCTION = `Transform: AWS::Serverless-2016-10-31
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties: { Runtime: nodejs22.x, Handler: index.handler, InlineCode: x }
`

const MISTAKES = `Transform: AWS::Serverless-2016-10-31
Resources:
  Layer:
    Type: AWS::Serverless::LayerVersion
    Properties:
      ContentUri: s3://bucket/layer.zip
      LicenseInfo: [MIT]
  F:
    Type: AWS::Serverless::Function
    Properties: { Handler: index.handler }
`

const CODELESS = FUNCTION.replace('InlineCode: x', 'CodeUri: nowhere/')

const BOMB = `A: &a [${'x,'.repeat(99)}x]
B: &b [${'*a,'.repeat(99)}*a]
C: &c [${'*b,'.repeat(99)}*b]
D: [${'*c,'.repeat(99)}*c]
`
