import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { http, postern, ROOT, type Running, removeFolder, temporaryFolder, up } from './harness.ts'

const owner = { AWS_ACCESS_KEY_ID: '314159265358', AWS_REGION: 'ap-southeast-2' }
const neighbour = { AWS_ACCESS_KEY_ID: '222233334444', AWS_REGION: 'ap-southeast-2' }
const doors = join(ROOT, 'test/e2e/templates/doors.yaml')

/** Who gets in with `GET /read/1` and who with `POST /write/a/b`, by the first letters of the doors below. */
type Admitted = readonly [read: string, write: string]

const away = { 'Fn::ImportValue': 'ways:away' }
const first = { 'Fn::ImportValue': 'ways:first' }
const anybody = { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke' }
const nobody: Admitted = ['', '']

/** `H`ome's first endpoint, the `S`econd in the same VPC (its own policy lets GET through), `A`way in another VPC, the `N`eighbour's. */
const DOORS = ['H', 'S', 'A', 'N'] as const

/**
 * `Auth.ResourcePolicy` as people write it. The traps are SAM's and API Gateway's own: what surprises here surprises on AWS.
 * `{home}` and `{second}` are replaced by ids, since these keys take no intrinsic functions.
 */
const CASES: readonly [what: string, policy: object, admitted: Admitted][] = [
  ['a VPC, listed', { SourceVpcWhitelist: ['{home}'] }, ['HS', 'H']],
  ['an endpoint, listed', { SourceVpcWhitelist: ['{second}'] }, ['S', '']],
  ['all but a VPC', { SourceVpcBlacklist: ['{home}'] }, ['AN', 'AN']],
  ['an imported VPC', { IntrinsicVpcWhitelist: [away] }, ['A', 'A']],
  ['an imported endpoint', { IntrinsicVpceWhitelist: [first] }, ['H', 'H']],
  ['all but an imported endpoint', { IntrinsicVpceBlacklist: [first] }, ['SAN', 'AN']],
  ['a VPC and an endpoint: either is enough', { IntrinsicVpcWhitelist: [away], IntrinsicVpceWhitelist: [first] }, ['HA', 'HA']],
  [
    'all but a VPC and an endpoint: only both together are kept out',
    { IntrinsicVpcBlacklist: [away], IntrinsicVpceBlacklist: [first] },
    ['HSAN', 'HAN'],
  ],
  ['a value that is no list is taken apart, letter by letter', { IntrinsicVpcWhitelist: 'vpc-1' }, nobody],
  ['address ranges do not fit private traffic: nobody', { IpRangeWhitelist: ['127.0.0.1', '10.0.0.0/8'] }, nobody],
  ['address ranges do not fit private traffic: everybody', { IpRangeBlacklist: ['127.0.0.1'] }, ['HSAN', 'HAN']],
  ['an account names callers who sign', { AwsAccountWhitelist: ['314159265358'] }, nobody],
  [
    'one statement of one path',
    {
      CustomStatements: {
        ...anybody,
        Resource: 'execute-api:/live/GET/read/*',
        Condition: { StringEquals: { 'aws:SourceVpc': away } },
      },
    },
    ['A', ''],
  ],
  [
    'a key in lower case, and a denial of one method',
    {
      CustomStatements: [
        { ...anybody, Resource: ['execute-api:/live/*'] },
        {
          ...anybody,
          Effect: 'Deny',
          Resource: 'execute-api:/*/POST/*',
          Condition: { StringNotEqualsIfExists: { 'aws:sourcevpce': [first] } },
        },
      ],
    },
    ['HSAN', 'H'],
  ],
  ['statements about another stage', { CustomStatements: [{ ...anybody, Resource: 'execute-api:/other/*' }] }, nobody],
  [
    'statements and a list',
    { IntrinsicVpceWhitelist: [first], CustomStatements: [{ ...anybody, Resource: 'execute-api:/*' }] },
    ['H', 'H'],
  ],
]

describe('who gets in by the resource policy that SAM writes', () => {
  let running: Running
  let folder: string
  const urls = new Map<string, string>()
  const apiIds: string[] = []

  beforeAll(async () => {
    folder = temporaryFolder()
    mkdirSync(join(folder, 'data'))
    running = await up(join(folder, 'data'))
    const deploy = async (env: NodeJS.ProcessEnv, template: string, stack: string) => {
      const ran = await postern(
        running,
        ['deploy', '--json', '-t', template, '--stack-name', stack, '--capabilities', 'CAPABILITY_IAM'],
        env,
      )
      expect(ran, ran.stdout + ran.stderr).toMatchObject({ code: 0 })
      return JSON.parse(ran.stdout).outputs as Record<string, string>
    }
    const ours = await deploy(owner, doors, 'ways')
    const theirs = await deploy(neighbour, doors, 'ways')
    const { endpoints } = JSON.parse((await postern(running, ['list', '--json'])).stdout)
    const urlOf = (id?: string) => endpoints.find((one: { id: string }) => one.id === id)?.url
    for (const [door, id] of [
      ['H', ours['FirstDoor']],
      ['S', ours['ReadOnlyDoor']],
      ['A', ours['AwayDoor']],
      ['N', theirs['FirstDoor']],
    ] as const)
      urls.set(door, urlOf(id))
    const outputs = await deploy(owner, writeTemplate(folder, ours), 'policies')
    apiIds.push(...CASES.map((_, index) => outputs[`Id${index}`] ?? ''))
  })
  afterAll(async () => {
    await running?.stop()
    removeFolder(folder)
  })

  it.each(CASES.map(([what, , admitted], index) => [what, index, admitted] as const))(
    '%s',
    async (_what, index, [read, write]) => {
      const admitted = async (method: string, path: string) => {
        const answers = DOORS.map(async (door) => {
          const headers = { 'x-apigw-api-id': apiIds[index] ?? '' }
          const { status } = await http(urls.get(door) ?? '', { method, path, headers })
          expect([200, 403]).toContain(status)
          return status === 200 ? door : ''
        })
        return (await Promise.all(answers)).join('')
      }
      expect([await admitted('GET', '/live/read/1'), await admitted('POST', '/live/write/a/b')]).toEqual([read, write])
    },
  )
})

/** One API for each case, and one function for all of them. JSON is YAML, and easier to write. */
function writeTemplate(folder: string, { Home = '', ReadOnlyDoor = '' }: Record<string, string>): string {
  const apis = CASES.map(([, policy], index) => {
    const written = JSON.stringify(policy).replaceAll('{home}', Home).replaceAll('{second}', ReadOnlyDoor)
    return [
      `Api${index}`,
      {
        Type: 'AWS::Serverless::Api',
        Properties: { StageName: 'live', EndpointConfiguration: 'PRIVATE', Auth: { ResourcePolicy: JSON.parse(written) } },
      },
    ] as const
  })
  const event = (api: string, Method: string, Path: string) => ({
    Type: 'Api',
    Properties: { RestApiId: { Ref: api }, Method, Path },
  })
  const template = {
    Transform: 'AWS::Serverless-2016-10-31',
    Resources: {
      ...Object.fromEntries(apis),
      Answer: {
        Type: 'AWS::Serverless::Function',
        Properties: {
          InlineCode: 'exports.handler = async () => ({ statusCode: 200 })',
          Handler: 'index.handler',
          Runtime: 'nodejs22.x',
          Events: Object.fromEntries(
            apis.flatMap(([api]) => [
              [`${api}Read`, event(api, 'get', '/read/{id}')],
              [`${api}Write`, event(api, 'any', '/write/{proxy+}')],
            ]),
          ),
        },
      },
    },
    Outputs: Object.fromEntries(apis.map(([api], index) => [`Id${index}`, { Value: { Ref: api } }])),
  }
  const file = join(folder, 'policies.json')
  writeFileSync(file, JSON.stringify(template))
  return file
}
