import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import yazl from 'yazl'
import { http, POSTERN, postern, type Running, removeFolder, run, temporaryFolder, up } from './harness.ts'

/** Input that is wrong on purpose: AWS's words where AWS has any, nothing half-created, no stack trace, and the next request works. */
describe('broken input', () => {
  let running: Running
  let folder: string
  let count = 0

  beforeAll(async () => {
    folder = temporaryFolder()
    mkdirSync(join(folder, 'data'))
    running = await up(join(folder, 'data'))
  })
  afterAll(async () => {
    await running?.stop()
    removeFolder(folder)
  })

  /** Writes the files of a small project and deploys its template. */
  async function deploy(template: string, files: Record<string, string | Buffer> = {}, ...more: string[]) {
    count += 1
    const stack = `broken-${count}`
    const project = join(folder, stack)
    mkdirSync(join(project, 'src'), { recursive: true })
    writeFileSync(join(project, 'template.yaml'), template)
    for (const [name, content] of Object.entries(files)) writeFileSync(join(project, name), content)
    const ran = await postern(running, [
      'deploy',
      '-t',
      join(project, 'template.yaml'),
      '--stack-name',
      stack,
      '--capabilities',
      'CAPABILITY_IAM',
      ...more,
    ])
    return { ...ran, stack, said: ran.stdout + ran.stderr }
  }

  const resources = async (stack: string) => {
    const listing = JSON.parse((await postern(running, ['list', '--json'])).stdout)
    return listing.functions.filter((one: { name: string }) => one.name.startsWith(stack)).length
  }

  const bucket = (name: string) => `Resources:\n  ${name}:\n    Type: AWS::S3::Bucket\n`

  it.each([
    ['malformed YAML', 'Resources:\n  A: [1,\n', /Template format error: YAML not well-formed/],
    ['no resources', 'Resources: {}\n', /At least one Resources member must be defined/],
    ['an unknown type', 'Resources:\n  A:\n    Type: AWS::Castle::Moat\n', /AWS::Castle::Moat/],
    [
      'an unknown property',
      'Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties:\n      Drawbridge: up\n',
      /Drawbridge[\s\S]*5/,
    ],
    [
      'a circle',
      'Resources:\n  A:\n    Type: AWS::S3::Bucket\n    DependsOn: B\n  B:\n    Type: AWS::S3::Bucket\n    DependsOn: A\n',
      /Circular dependency between resources: \[A, B\]/,
    ],
    [
      'an unresolved reference',
      `${bucket('A')}    Properties:\n      BucketName: !Ref Nobody\n`,
      /Unresolved resource dependencies \[Nobody\]/,
    ],
    [
      'functions that SAM refuses',
      `Transform: AWS::Serverless-2016-10-31
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties: { Handler: index.handler }
  G:
    Type: AWS::Serverless::Function
    Properties: { Handler: index.handler }
`,
      /Number of errors found: 2\.\n +.*\[F\].*\(\S+template\.yaml:4:\d+\)\n +.*\[G\].*\(\S+template\.yaml:7:\d+\)/,
    ],
    [
      "a policy's ARN where a role's belongs",
      `Transform: AWS::Serverless-2016-10-31
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      InlineCode: exports.handler = async () => 1
      Role: arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole
`,
      /role/i,
    ],
  ])('%s', async (_what, template, expected) => {
    const { code, said, stack } = await deploy(template)
    expect(code).toBe(1)
    expect(said).toMatch(expected)
    expect(said).not.toMatch(/^\s+at .*\(?.*:\d+:\d+\)?$/m)
    expect(await resources(stack)).toBe(0)
  })

  it('a missing import ends in ROLLBACK_COMPLETE', async () => {
    const { code, said } = await deploy(
      `${bucket('A')}    Properties:\n      BucketName:\n        Fn::ImportValue: no-such-export\n`,
    )
    expect(code).toBe(1)
    expect(said).toContain('No export named no-such-export found')
  })

  it('a duplicate export is refused at the end', async () => {
    const exporting = `${bucket('A')}Outputs:\n  Name:\n    Value: one\n    Export:\n      Name: shared-name\n`
    expect(await deploy(exporting)).toMatchObject({ code: 0 })
    const { code, said } = await deploy(exporting)
    expect(code).toBe(1)
    expect(said).toMatch(/Export with name shared-name is already exported by stack broken-/)
  })

  it('a missing capability', async () => {
    const template = `Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Runtime: nodejs22.x\n      Handler: index.handler\n      InlineCode: exports.handler = async () => 1\n`
    const project = join(folder, 'no-capability')
    mkdirSync(project)
    writeFileSync(join(project, 'template.yaml'), template)
    const ran = await postern(running, ['deploy', '-t', join(project, 'template.yaml')])
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain('Requires capabilities : [CAPABILITY_IAM]')
    expect(ran.stderr).toContain('--capabilities CAPABILITY_IAM')
  })

  describe('handlers', () => {
    const service = (handler = 'index.handler') => `Transform: AWS::Serverless-2016-10-31
Globals:
  Function: { Runtime: nodejs22.x, Timeout: 1 }
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: !Ref AWS::StackName
      CodeUri: src/
      Handler: ${handler}
      Events:
        Get: { Type: Api, Properties: { Method: any, Path: '/{proxy+}' } }
Outputs:
  Host: { Value: !Sub '\${ServerlessRestApi}.execute-api.\${AWS::Region}.amazonaws.com' }
`
    const ask = async (stack: string, more: Partial<Parameters<typeof http>[1]> = {}) => {
      const { stdout } = await postern(running, ['outputs', stack, 'Host'])
      return http(running.endpoint, { path: '/Prod/x', ...more, headers: { Host: stdout.trim(), ...more.headers } })
    }
    const bad = { status: 502, body: '{"message": "Internal server error"}' }

    it.each([
      ['a missing file', {}, 'missing.handler'],
      ['a handler that throws', { 'src/index.js': 'exports.handler = async () => { throw new Error("no") }' }, 'index.handler'],
      ['a handler that exits', { 'src/index.js': 'exports.handler = async () => process.exit(3)' }, 'index.handler'],
      [
        'a handler that hangs',
        { 'src/index.js': 'exports.handler = () => new Promise(() => setInterval(() => {}, 1000))' },
        'index.handler',
      ],
      ['a handler that answers nonsense', { 'src/index.js': 'exports.handler = async () => "nonsense"' }, 'index.handler'],
      ['code that cannot be parsed', { 'src/index.js': 'exports.handler = (' }, 'index.handler'],
    ])('%s answers 502, and the next function works', async (_what, files, handler) => {
      const { code, stack, said } = await deploy(service(handler), { 'src/other.js': '', ...files })
      expect(code, said).toBe(0)
      expect(await ask(stack)).toMatchObject(bad)
      expect((await postern(running, ['explain', '--last'])).stdout).not.toBe('')
    })

    it('an 11 MB body and 21 KB of headers are refused before they cost anything', async () => {
      const { stack, code, said } = await deploy(service(), {
        'src/index.js': 'exports.handler = async () => ({ statusCode: 200, body: "fine" })',
      })
      expect(code, said).toBe(0)
      expect(await ask(stack, { method: 'POST', body: Buffer.alloc(11 * 1024 * 1024) })).toMatchObject({ status: 413 })
      const tooMany = await ask(stack, { headers: { 'x-long': 'a'.repeat(21 * 1024) } })
      expect(tooMany.status).toBeGreaterThanOrEqual(400)
      expect(tooMany.status).toBeLessThan(500)
      expect(await ask(stack)).toMatchObject({ status: 200, body: 'fine' })
    })

    it('a package that climbs out of its folder never reaches it', async () => {
      const zip = new yazl.ZipFile()
      zip.addBuffer(Buffer.from('exports.handler = async () => ({ statusCode: 200 })'), 'index.js')
      zip.addBuffer(Buffer.from('climbed'), 'aa/escaped.txt')
      zip.end()
      const bytes = await buffer(zip.outputStream as NodeJS.ReadableStream)
      // The library will not write such a name, so it is written over one of the same length.
      const evil = Buffer.from(bytes.toString('latin1').replaceAll('aa/escaped.txt', '../escaped.txt'.slice(0, 14)), 'latin1')
      const { stack, code } = await deploy(service(), {}, '--json').then(async () =>
        deploy(service().replace('CodeUri: src/', 'CodeUri: code.zip'), { 'code.zip': evil }),
      )
      if (code === 0) expect(await ask(stack)).toMatchObject({ status: 502 })
      const { stdout } = await run('find', [folder, '-name', 'escaped.txt'])
      expect(stdout).toBe('')
    })
  })

  it('a port in use is said, with the next step', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => taken.once('listening', resolve))
    const { port } = taken.address() as { port: number }
    const ran = await run(process.execPath, [POSTERN, 'up', '--ephemeral', '--port', String(port)])
    taken.close()
    expect(ran.code).toBe(3)
    expect(ran.stderr).toContain(String(port))
    expect(ran.stderr).toContain('--port 0')
  })

  it('a data directory that cannot be made is said, with the next step', async () => {
    const file = join(folder, 'a-file')
    writeFileSync(file, '')
    const ran = await run(process.execPath, [POSTERN, 'up', '--port', '0', '--data-dir', join(file, 'inside')])
    expect(ran.code).toBe(3)
    expect(ran.stderr).toContain('--data-dir')
    expect(ran.stderr).not.toMatch(/^\s+at /m)
  })

  it('a second up on the same directory is refused with the pid and address of the first', async () => {
    const ran = await run(process.execPath, [POSTERN, 'up', '--port', '0', '--data-dir', running.dataDirectory])
    expect(ran.code).toBe(3)
    expect(ran.stderr).toContain(String(running.pid))
    expect(ran.stderr).toContain(running.endpoint)
  })

  it.each([
    ['an unknown option', ['deploy', '--no-such-option'], 2, 'unknown option'],
    ['an unknown command', ['no-such-command'], 2, 'unknown command'],
    ['an address that is none', ['list', '--endpoint', 'nonsense'], 2, 'http://127.0.0.1:4566'],
    ['a payload that is not there', ['invoke', 'f', '--payload', '@no-such-file.json'], 2, 'cannot read the payload'],
    ['a Postern that is not there', ['list', '--endpoint', 'http://127.0.0.1:9'], 3, 'postern up'],
  ])('%s is said, with its exit code', async (_what, args, code, said) => {
    const ran = await run(process.execPath, [POSTERN, ...args])
    expect(ran).toMatchObject({ code, stdout: '' })
    expect(ran.stderr).toContain(said)
    expect(ran.stderr).not.toMatch(/^\s+at /m)
  })

  it('a stack that is rolled back is to be deleted first, and what was wrong is told in JSON too', async () => {
    const template = join(folder, 'rolled-back.json')
    writeFileSync(
      template,
      JSON.stringify({ Resources: { Log: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '?' } } } }),
    )
    const deploy = () => postern(running, ['deploy', '--json', '-t', template, '--stack-name', 'rolled-back'])
    const first = await deploy()
    expect(first.code).toBe(1)
    expect(JSON.parse(first.stdout)).toMatchObject({
      status: 'ROLLBACK_COMPLETE',
      reason: expect.stringMatching(/^Log \(.*rolled-back\.json:1:\d+\): /),
    })
    expect((await deploy()).stderr).toContain('postern delete rolled-back')
  })
})
