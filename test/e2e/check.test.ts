import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aws, EXAMPLE, POSTERN, postern, type Running, removeFolder, run, temporaryFolder, up } from './harness.ts'

const who = { account: '000000000000', region: 'us-east-1' }

describe('postern check', () => {
  const folder = temporaryFolder()
  afterAll(() => removeFolder(folder))

  const check = (...args: string[]) =>
    run(process.execPath, [POSTERN, 'check', ...args], { cwd: folder, env: { ...process.env, NO_COLOR: '1' } })
  const write = (name: string, content: string | Buffer) => {
    writeFileSync(join(folder, name), content)
    return name
  }
  const examples = ['network', 'infrastructure', 'service', 'service-public'].map((name) => join(EXAMPLE, `${name}.yaml`))

  it('finds nothing where nothing is wrong, and says what it did not look at', async () => {
    const ran = await check('-t', ...examples)
    expect(ran).toMatchObject({ code: 0, stdout: 'nothing found in 4 templates\n' })
    expect(ran.stderr).toContain('--stack-name')
  })

  it('tells a mistake with its line, what comes of it, and what to write', async () => {
    const { code, stdout } = await check('-t', write('open.yaml', service({ policy: '' })))
    expect(code).toBe(1)
    expect(stdout).toMatch(
      /^open\.yaml:7:30: error: API `Api` is PRIVATE and has no resource policy.*\[private-without-policy\]$/m,
    )
    expect(stdout).toMatch(/^ +7 \| {7}EndpointConfiguration: PRIVATE\n +\| +\^$/m)
    expect(stdout).toMatch(/^ {2}mend: .*Auth\.ResourcePolicy/m)
    expect(stdout).toMatch(/^1 error in open\.yaml$/m)
  })

  it('finds what only two templates together show', async () => {
    const network = write('network.yaml', NETWORK)
    const endpoint = write('endpoint.yaml', ENDPOINT)
    expect((await check('-t', endpoint)).code).toBe(0)
    const { code, stdout } = await check('-t', network, '-t', endpoint, '--json')
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({
      findings: [{ rule: 'vpc-without-dns', level: 'error', file: 'endpoint.yaml', line: 8, column: 26 }],
      errors: 1,
      warnings: 0,
      templates: ['network.yaml', 'endpoint.yaml'],
    })
  })

  it('compares with an earlier template', async () => {
    const earlier = write('earlier.yaml', service({ type: 'REGIONAL', policy: OPEN }))
    const later = write('later.yaml', service({ policy: OPEN }))
    const rulesOf = async (...args: string[]) =>
      JSON.parse((await check(...args, '--json')).stdout).findings.map(({ rule }: { rule: string }) => rule)
    expect(await rulesOf('-t', later, '--against', earlier)).toContain('not-redeployed')
    expect(await rulesOf('-t', later, '--against', later)).not.toContain('not-redeployed')
  })

  it('leaves rules out, and counts notes for nothing', async () => {
    const file = write('ignored.yaml', service({ policy: '' }))
    expect(await check('-t', file, '--ignore', 'private-without-policy')).toMatchObject({ code: 0 })
    const note = write('note.yaml', service({ policy: POLICY.replace('vpce-1', '!ImportValue the-endpoint') }))
    const { code, stdout } = await check('-t', note)
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/note: .*\n1 note in note\.yaml\n$/s) })
  })

  it('writes SARIF', async () => {
    const { code, stdout } = await check('-t', write('a b.yaml', service({ policy: '' })), '--format', 'sarif')
    expect(code).toBe(1)
    const { version, runs } = JSON.parse(stdout)
    const [{ tool, results }] = runs
    expect(version).toBe('2.1.0')
    expect(results).toMatchObject([
      {
        ruleId: 'private-without-policy',
        level: 'error',
        locations: [{ physicalLocation: { artifactLocation: { uri: 'a%20b.yaml' }, region: { startLine: 7, startColumn: 30 } } }],
      },
    ])
    expect(tool.driver.rules[results[0].ruleIndex].id).toBe('private-without-policy')
  })

  it('gives the values of parameters to the templates that declare them', async () => {
    const file = write('where.yaml', PARAMETER)
    expect((await check('-t', file)).code).toBe(0)
    expect((await check('-t', file, examples[0] ?? '', '--parameter-overrides', 'Type=PRIVATE')).code).toBe(1)
  })

  it('tells of a template that AWS refuses, and checks the others', async () => {
    const { code, stdout } = await check(
      '-t',
      write('broken.yaml', 'A: ['),
      write('whole.yaml', service({ policy: '' })),
      '--json',
    )
    expect(code).toBe(1)
    expect(JSON.parse(stdout).findings).toMatchObject([
      { rule: 'refused', file: 'broken.yaml', line: 1, cause: expect.stringContaining('YAML not well-formed') },
      { rule: 'private-without-policy', file: 'whole.yaml' },
    ])
  })

  it.each<[string, () => string[], number, RegExp]>([
    ['a file that is not there', () => ['-t', 'nowhere.yaml'], 2, /cannot read the template: ENOENT/],
    ['a folder', () => ['-t', folder], 2, /cannot read the template: .* is a folder/],
    [
      'two things that are deployed',
      () => ['-t', examples[0] ?? '', '--stack-name', 's', '--against', 'a.yaml'],
      2,
      /both say what is deployed/,
    ],
    [
      'an earlier template that AWS refuses',
      () => ['-t', examples[0] ?? '', '--against', write('no.yaml', 'A: [')],
      1,
      /cannot have been deployed: Template format error/,
    ],
    ['a rule that there is not', () => ['-t', examples[0] ?? '', '--ignore', 'everything'], 2, /there is no rule `everything`/],
    ['a stack for two templates', () => ['-t', examples[0] ?? '', examples[1] ?? '', '--stack-name', 's'], 2, /of one template/],
    [
      'a parameter that nobody has',
      () => ['-t', examples[0] ?? '', '--parameter-overrides', 'No=1'],
      2,
      /no template has a parameter `No`/,
    ],
    [
      'a stack, and no Postern',
      () => ['-t', examples[0] ?? '', '--stack-name', 's', '--endpoint', 'http://127.0.0.1:9'],
      3,
      /postern up/,
    ],
    ['an unknown format', () => ['--format', 'xml'], 2, /Allowed choices are text, json, sarif/],
  ])('%s', async (_what, args, code, said) => {
    const ran = await check(...args())
    expect(ran).toMatchObject({ code, stdout: '' })
    expect(ran.stderr).toMatch(said)
    expect(ran.stderr).not.toMatch(/^\s+at /m)
  })

  describe('beside a running Postern', () => {
    let running: Running
    beforeAll(async () => {
      mkdirSync(join(folder, 'data'))
      running = await up(join(folder, 'data'))
    })
    afterAll(async () => {
      await running?.stop()
    })

    const deploy = (file: string) =>
      postern(running, ['deploy', '-t', join(folder, file), '--stack-name', 'trap', '--capabilities', 'CAPABILITY_IAM'])
    const compare = (file: string) => postern(running, ['check', '-t', join(folder, file), '--stack-name', 'trap', '--json'])
    const rulesFound = (stdout: string) =>
      JSON.parse(stdout)
        .findings.filter(({ level }: { level: string }) => level === 'error')
        .map(({ rule, cause }: { rule: string; cause: string }) => [rule, cause])

    it('tells before the update what would not be deployed, and after it what was not', async () => {
      const before = write('before.yaml', service({ type: 'REGIONAL', policy: OPEN }))
      const after = write('after.yaml', service({ policy: OPEN }))
      expect(await deploy(before)).toMatchObject({ code: 0 })
      expect(rulesFound((await compare(before)).stdout)).toEqual([])

      const warned = await compare(after)
      expect(warned.code).toBe(1)
      expect(rulesFound(warned.stdout)).toEqual([
        [
          'not-redeployed',
          expect.stringMatching(
            /^the endpoint type of API `Api` differs from what is deployed, .* stay `ApiDeployment[0-9a-f]{10}`/,
          ),
        ],
      ])

      expect(await deploy(after)).toMatchObject({ code: 0 })
      expect(rulesFound((await compare(after)).stdout)).toEqual([
        ['not-redeployed', expect.stringContaining('was changed after it was deployed last (endpoint type)')],
      ])

      const { stdout } = await postern(running, ['list', '--json'])
      const [{ id, undeployed }] = JSON.parse(stdout).apis
      expect(undeployed).toEqual(['endpoint type'])
      await aws(running, who, ['apigateway', 'create-deployment', '--rest-api-id', id, '--stage-name', 'prod'])
      const mended = write('mended.yaml', service({ policy: POLICY }))
      expect(rulesFound((await compare(mended)).stdout)).toEqual([])
    })

    it('a stack that is not there is said', async () => {
      const ran = await postern(running, ['check', '-t', join(folder, 'before.yaml'), '--stack-name', 'nobody'])
      expect(ran).toMatchObject({ code: 1, stdout: '' })
      expect(ran.stderr).toContain('nobody')
    })
  })
})

const POLICY = `
      Auth:
        ResourcePolicy:
          IntrinsicVpceWhitelist: [vpce-1]`

const OPEN = `
      Auth:
        ResourcePolicy:
          CustomStatements: [{Effect: Allow, Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*'}]`

function service({ type = 'PRIVATE', policy }: { type?: string; policy: string }): string {
  return `Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      EndpointConfiguration: ${type}${policy}
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      InlineCode: 'exports.handler = async () => ({ statusCode: 200 })'
      Events:
        Get: { Type: Api, Properties: { RestApiId: !Ref Api, Method: get, Path: /things } }
`
}

const PARAMETER = `Parameters:
  Type: { Type: String, Default: REGIONAL }
${service({ policy: '' }).replace('EndpointConfiguration: PRIVATE', 'EndpointConfiguration: !Ref Type')}`

const NETWORK = `Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: { CidrBlock: 10.0.0.0/16 }
Outputs:
  Vpc: { Value: !Ref Vpc, Export: { Name: !Sub '\${AWS::StackName}-vpc' } }
`

const ENDPOINT = `Resources:
  Endpoint:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      ServiceName: !Sub com.amazonaws.\${AWS::Region}.execute-api
      VpcEndpointType: Interface
      VpcId: !ImportValue network-vpc
      PrivateDnsEnabled: true
`
