import { beforeEach, describe, expect, it } from 'vitest'
import { ZipFile } from 'yazl'
import { AwsError } from '#core/aws/aws-error.ts'
import type { Caller, Operation } from '#kit/operation.ts'
import type { FunctionCode, FunctionHost, Invocation, Outcome, Ports } from '#kit/ports.ts'
import { type FakeClock, fakeClock } from '#kit/testing/fake-clock.ts'
import { fakePorts } from '#kit/testing/fake-ports.ts'
import { functionsPort } from './functions-port.ts'
import addPermission from './operations/add-permission.ts'
import createAlias from './operations/create-alias.ts'
import createFunction from './operations/create-function.ts'
import deleteFunction from './operations/delete-function.ts'
import getAlias from './operations/get-alias.ts'
import getFunction from './operations/get-function.ts'
import getPolicy from './operations/get-policy.ts'
import invoke from './operations/invoke.ts'
import listFunctions from './operations/list-functions.ts'
import listVersions from './operations/list-versions-by-function.ts'
import publishVersion from './operations/publish-version.ts'
import putConcurrency from './operations/put-function-concurrency.ts'
import removePermission from './operations/remove-permission.ts'
import updateAlias from './operations/update-alias.ts'
import updateCode from './operations/update-function-code.ts'
import updateConfiguration from './operations/update-function-configuration.ts'
import { checkPackage, packInlineSource } from './packages.ts'

const caller: Caller = {
  account: '111122223333',
  region: 'eu-central-1',
  partition: 'aws',
  principalArn: 'arn:aws:iam::111122223333:root',
  requestId: 'r',
  endpoint: 'http://127.0.0.1:4566',
  headers: {},
}
const arn = 'arn:aws:lambda:eu-central-1:111122223333:function:f'
const Role = 'arn:aws:iam::111122223333:role/r'

/** A host that notes what it is asked, and answers what it is told. */
interface FakeHost extends FunctionHost {
  readonly calls: { code: FunctionCode; invocation: Invocation }[]
  readonly retired: string[]
  answer: Outcome
}
function fakeHost(): FakeHost {
  const host: FakeHost = {
    calls: [],
    retired: [],
    answer: { kind: 'result', payload: Buffer.from('"done"') },
    async run(code, invocation) {
      host.calls.push({ code, invocation })
      return host.answer
    },
    retire: (functionArn) => void host.retired.push(functionArn),
  }
  return host
}

let ports: Ports
let host: FakeHost
let clock: FakeClock

beforeEach(() => {
  host = fakeHost()
  clock = fakeClock()
  const made = fakePorts({
    host,
    clock,
    objects: {
      read: async () => {
        throw new AwsError('NoSuchKey', 'The specified key does not exist.')
      },
    },
  })
  ports = { ...made, functions: functionsPort(made) }
})

const run = async <I, O>({ run: body }: Operation<I, O>, input: I): Promise<O> => body(input, caller, ports)
const zip = (source = 'exports.handler = async () => 1') => packInlineSource(source)
const wanted = async (more: object = {}) => ({
  FunctionName: 'f',
  Runtime: 'nodejs22.x' as const,
  Role,
  Handler: 'index.handler',
  Code: { ZipFile: await zip() },
  ...more,
})
const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString()

describe('CreateFunction', () => {
  it('answers as Lambda does, and the function is ready at once', async () => {
    const created = await run(createFunction, await wanted())
    expect(created).toEqual({
      FunctionName: 'f',
      FunctionArn: arn,
      Runtime: 'nodejs22.x',
      Role,
      Handler: 'index.handler',
      CodeSize: expect.any(Number),
      Description: '',
      Timeout: 3,
      MemorySize: 128,
      LastModified: '2026-01-01T00:00:00.000+0000',
      CodeSha256: expect.stringMatching(/^[\w+/]{43}=$/),
      Version: '$LATEST',
      TracingConfig: { Mode: 'PassThrough' },
      RevisionId: expect.any(String),
      State: 'Pending',
      StateReason: 'The function is being created.',
      StateReasonCode: 'Creating',
      PackageType: 'Zip',
      Architectures: ['x86_64'],
      EphemeralStorage: { Size: 512 },
      SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
      LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/f' },
      RuntimeVersionConfig: { RuntimeVersionArn: expect.stringMatching(/^arn:aws:lambda:eu-central-1::runtime:/) },
    })
    const { Configuration } = await run(getFunction, { FunctionName: arn })
    expect(Configuration).toMatchObject({ State: 'Active', LastUpdateStatus: 'Successful', CodeSha256: created.CodeSha256 })
    expect((await run(listFunctions, {})).Functions).toMatchObject([{ FunctionName: 'f' }])
  })

  it('gives the same source the same digest', async () => {
    const digests = await Promise.all(
      [1, 2].map(async (n) => (await run(createFunction, await wanted({ FunctionName: `f${n}` }))).CodeSha256),
    )
    expect(new Set(digests).size).toBe(1)
  })

  it.each([
    [
      { Role: 'r1' },
      "1 validation error detected: Value 'r1' at 'role' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+",
    ],
    [{ Role: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' }, "at 'role' failed to satisfy constraint"],
    [
      { Runtime: 'non-existent-runtime' },
      "Value non-existent-runtime at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [nodejs20.x, ",
    ],
    [{ Runtime: 'python3.12' }, 'Postern does not run `python3.12` functions yet'],
    [{ Timeout: 901 }, "Value '901' at 'timeout' failed to satisfy constraint: Member must have value less than or equal to 900"],
    [
      { MemorySize: 64 },
      "Value '64' at 'memorySize' failed to satisfy constraint: Member must have value greater than or equal to 128",
    ],
    [
      { Code: { ZipFile: Buffer.from('no zip') } },
      'Could not unzip uploaded file. Please check your file, then try to upload again.',
    ],
    [
      { Code: { S3Bucket: 'b', S3Key: 'k' } },
      'Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist.',
    ],
    [{ Environment: { Variables: { A: 'x'.repeat(4096) } } }, 'exceeded the 4KB limit. String measured: {"A":"xxx'],
    [{ Environment: { Variables: { AWS_REGION: 'x' } } }, 'Reserved keys used in this request: AWS_REGION'],
    [{ Layers: ['arn:aws:lambda:eu-central-1:1:layer:l:1'] }, 'Postern does not support layers yet'],
    [{ LoggingConfig: { LogFormat: 'JSON' } }, 'as text only'],
  ])('refuses %j', async (wrong, message) => {
    await expect(run(createFunction, (await wanted(wrong)) as never)).rejects.toThrow(message)
    expect((await run(listFunctions, {})).Functions).toEqual([])
  })

  it('refuses a second one of the same name', async () => {
    await run(createFunction, await wanted())
    await expect(run(createFunction, await wanted())).rejects.toThrow('Function already exist: f')
  })
})

describe('checkPackage', () => {
  async function archive(names: string[], size = 1) {
    const file = new ZipFile()
    for (const name of names) file.addBuffer(Buffer.alloc(size), name)
    file.end()
    const chunks: Buffer[] = []
    for await (const chunk of file.outputStream as AsyncIterable<Buffer>) chunks.push(chunk)
    return Buffer.concat(chunks)
  }
  /** An archive whose writer would have refused the name: the same length, put in afterwards. */
  const renamed = async (from: string, to: string) =>
    Buffer.from((await archive([from])).toString('latin1').replaceAll(from, to), 'latin1')

  it.each([
    ['a name that leaves it', () => renamed('xx/evil.js', '../evil.js'), 'Could not unzip'],
    ['an absolute name', () => renamed('xetc/passwd', '/etc/passwd'), 'Could not unzip'],
    ['the same name twice', () => archive(['a', 'a']), 'Could not unzip'],
    ['nothing', () => archive([]), 'non-empty zip'],
    [
      'more than 250 MB',
      () => archive(['a', 'b', 'c', 'd', 'e', 'f', 'g'], 40_000_000),
      'Unzipped size must be smaller than 262144000 bytes',
    ],
  ])('refuses an archive with %s', async (_name, make, message) => {
    await expect(checkPackage(await make())).rejects.toThrow(message)
  })
})

describe('versions and aliases', () => {
  it('are published once for each change, and never again', async () => {
    await run(createFunction, await wanted({ Publish: true }))
    expect(await run(publishVersion, { FunctionName: 'f' })).toMatchObject({
      Version: '1',
      FunctionArn: `${arn}:1`,
      State: 'Active',
    })
    await run(updateConfiguration, { FunctionName: 'f', Environment: { Variables: { A: '2' } } })
    expect(await run(publishVersion, { FunctionName: 'f' })).toMatchObject({
      Version: '2',
      Environment: { Variables: { A: '2' } },
    })
    const { Versions = [] } = await run(listVersions, { FunctionName: 'f' })
    expect(Versions.map(({ Version, FunctionArn }) => [Version, FunctionArn])).toEqual([
      ['$LATEST', `${arn}:$LATEST`],
      ['1', `${arn}:1`],
      ['2', `${arn}:2`],
    ])
  })

  it.each([
    [{ '1': 0.8, '2': 0.2 }, '1', 'Number of items in AdditionalVersionWeights cannot be greater than 1'],
    [{ '1': 0.5 }, '1', 'Invalid function version 1. Function version 1 is already included in routing configuration.'],
    [{ '1': 0.5 }, '10', `Function not found: ${arn}:10`],
    [{ '10': 0.5 }, '1', `Function not found: ${arn}:10`],
    [{ '1': 0.5 }, '$LATEST', '$LATEST is not supported for an alias pointing to more than 1 version'],
  ])('an alias with the weights %j over %s is refused', async (AdditionalVersionWeights, FunctionVersion, message) => {
    await run(createFunction, await wanted({ Publish: true }))
    const input = {
      FunctionName: 'f',
      Name: 'a',
      FunctionVersion,
      RoutingConfig: { AdditionalVersionWeights: AdditionalVersionWeights as Record<string, number> },
    }
    await expect(run(createAlias, input)).rejects.toThrow(message)
  })

  it('an alias leads to its version, and is named in the call', async () => {
    await run(createFunction, await wanted({ Publish: true }))
    await run(createAlias, { FunctionName: 'f', Name: 'live', FunctionVersion: '1' })
    await expect(run(createAlias, { FunctionName: 'f', Name: 'live', FunctionVersion: '1' })).rejects.toThrow(
      `Alias already exists: ${arn}:live`,
    )
    await expect(run(getAlias, { FunctionName: 'f', Name: 'x' })).rejects.toThrow(`Cannot find alias arn: ${arn}:x`)
    expect(await run(invoke, { FunctionName: 'f', Qualifier: 'live' })).toMatchObject({ ExecutedVersion: '1' })
    expect(host.calls[0]?.invocation.invokedArn).toBe(`${arn}:live`)
    expect(host.calls[0]?.code).toMatchObject({ functionArn: `${arn}:1`, version: '1' })
  })
})

describe('Invoke', () => {
  beforeEach(async () => {
    await run(createFunction, await wanted())
  })

  it('runs the function with what it was given', async () => {
    const answer = await run(invoke, { FunctionName: 'f', Payload: Buffer.from('{"a":1}') })
    expect({ ...answer, Payload: text(answer.Payload) }).toEqual({
      StatusCode: 200,
      Payload: '"done"',
      ExecutedVersion: '$LATEST',
    })
    expect(text(host.calls[0]?.invocation.payload)).toBe('{"a":1}')
  })

  it('answers a failure as a failure, and the log as Base64', async () => {
    host.answer = { kind: 'error', payload: Buffer.from('{}'), logTail: 'END' }
    const answer = await run(invoke, { FunctionName: 'f', LogType: 'Tail' })
    expect(answer).toMatchObject({ FunctionError: 'Unhandled', LogResult: Buffer.from('END').toString('base64') })
    expect(host.calls[0]?.invocation.tail).toBe(true)
  })

  it('does nothing for a DryRun', async () => {
    expect(await run(invoke, { FunctionName: 'f', InvocationType: 'DryRun' })).toEqual({ StatusCode: 204 })
    expect(host.calls).toEqual([])
  })

  it('answers an Event at once, and tries a failing one twice more', async () => {
    host.answer = { kind: 'error', payload: Buffer.from('{}') }
    expect(await run(invoke, { FunctionName: 'f', InvocationType: 'Event' })).toMatchObject({ StatusCode: 202 })
    const settle = () => new Promise((resolve) => setImmediate(resolve))
    const counts: number[] = []
    for (const ms of [0, 60_000, 120_000, 600_000]) {
      clock.advance(ms)
      await settle()
      counts.push(host.calls.length)
    }
    expect(counts).toEqual([1, 2, 3, 3])
  })

  it('says in the log why an Event could not even be run', async () => {
    host.run = () => Promise.reject(new Error('the disk is gone'))
    await run(invoke, { FunctionName: 'f', InvocationType: 'Event' })
    await new Promise((resolve) => setImmediate(resolve))
    expect(ports.logs.read(caller, '/aws/lambda/f')).toMatchObject([
      { stream: 'postern', message: 'Postern could not run the function: the disk is gone\n' },
    ])
  })

  it('refuses what is not JSON, and functions that are not there', async () => {
    await expect(run(invoke, { FunctionName: 'f', Payload: Buffer.from('{') })).rejects.toThrow(
      'Could not parse request body into json',
    )
    await expect(run(invoke, { FunctionName: 'g' })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: 'Function not found: arn:aws:lambda:eu-central-1:111122223333:function:g',
      fields: { Type: 'User' },
    })
  })

  it('is throttled when nothing is reserved for the function', async () => {
    await run(putConcurrency, { FunctionName: 'f', ReservedConcurrentExecutions: 0 })
    await expect(run(invoke, { FunctionName: 'f' })).rejects.toMatchObject({
      code: 'TooManyRequestsException',
      message: 'Rate Exceeded.',
      status: 429,
      fields: { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded', Type: 'User' },
    })
    await expect(run(putConcurrency, { FunctionName: `${arn}:$LATEST`, ReservedConcurrentExecutions: 1 })).rejects.toThrow(
      'This operation is permitted on Lambda functions only.',
    )
  })

  it('uses one executable until the function changes', async () => {
    await run(invoke, { FunctionName: 'f' })
    await run(invoke, { FunctionName: 'f' })
    await run(updateConfiguration, { FunctionName: 'f', Timeout: 9 })
    await run(invoke, { FunctionName: 'f' })
    const [first, second, third] = host.calls.map(({ code }) => code)
    expect(second).toBe(first)
    expect(third?.timeoutSeconds).toBe(9)
    expect(third?.revision).not.toBe(first?.revision)
    expect(host.retired).toContain(`${arn}:$LATEST`)
  })
})

describe('revisions that are no longer the latest', () => {
  const RevisionId = '00000000-dead-4bad-8bad-000000000000'
  const message = (api: string) =>
    `The Revision Id provided does not match the latest Revision Id. Call the ${api} API to retrieve the latest Revision Id`
  const permission = { StatementId: 's', Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com' }

  it.each<[string, string, () => Promise<unknown>]>([
    [
      'UpdateFunctionCode',
      'GetFunction/GetAlias',
      async () => run(updateCode, { FunctionName: 'f', ZipFile: await zip('2'), RevisionId }),
    ],
    [
      'a DryRun',
      'GetFunction/GetAlias',
      async () => run(updateCode, { FunctionName: 'f', ZipFile: await zip('2'), DryRun: true, RevisionId }),
    ],
    [
      'UpdateFunctionConfiguration',
      'GetFunction/GetAlias',
      () => run(updateConfiguration, { FunctionName: 'f', Timeout: 9, RevisionId }),
    ],
    ['PublishVersion', 'GetFunction/GetAlias', () => run(publishVersion, { FunctionName: 'f', RevisionId })],
    [
      'UpdateAlias',
      'GetFunction/GetAlias',
      () => run(updateAlias, { FunctionName: 'f', Name: 'live', Description: 'x', RevisionId }),
    ],
    ['AddPermission', 'GetPolicy', () => run(addPermission, { FunctionName: 'f', ...permission, RevisionId })],
    ['RemovePermission', 'GetPolicy', () => run(removePermission, { FunctionName: 'f', StatementId: 'first', RevisionId })],
  ])('%s refuses and changes nothing', async (_operation, api, change) => {
    await run(createFunction, await wanted())
    await run(createAlias, { FunctionName: 'f', Name: 'live', FunctionVersion: '$LATEST' })
    await run(addPermission, { FunctionName: 'f', ...permission, StatementId: 'first' })
    const state = async () => [
      await run(getFunction, { FunctionName: 'f' }),
      await run(getAlias, { FunctionName: 'f', Name: 'live' }),
      await run(getPolicy, { FunctionName: 'f' }),
      await run(listVersions, { FunctionName: 'f' }),
    ]
    const before = await state()
    await expect(change()).rejects.toMatchObject({ code: 'PreconditionFailedException', status: 412, message: message(api) })
    expect(await state()).toEqual(before)
  })

  it('are those that were changed since; the latest may be changed', async () => {
    const { RevisionId: first } = await run(createFunction, await wanted())
    const { RevisionId: second } = await run(updateConfiguration, { FunctionName: 'f', Timeout: 9, RevisionId: first })
    await expect(run(updateConfiguration, { FunctionName: 'f', Timeout: 8, RevisionId: first })).rejects.toMatchObject({
      status: 412,
    })
    expect(await run(updateCode, { FunctionName: 'f', ZipFile: await zip('2'), RevisionId: second })).toMatchObject({
      Timeout: 9,
    })
  })
})

describe('UpdateFunctionCode with DryRun', () => {
  it('tells the digest of the code and leaves the function as it is', async () => {
    const { CodeSha256 } = await run(createFunction, await wanted())
    const told = await run(updateCode, { FunctionName: 'f', ZipFile: await zip('2'), DryRun: true, Publish: true })
    expect(told.CodeSha256).not.toBe(CodeSha256)
    expect((await run(getFunction, { FunctionName: 'f' })).Configuration).toMatchObject({ CodeSha256 })
    expect((await run(listVersions, { FunctionName: 'f' })).Versions).toHaveLength(1)
    expect(await run(updateCode, { FunctionName: 'f', ZipFile: await zip('2') })).toMatchObject({ CodeSha256: told.CodeSha256 })
  })
})

describe('permissions', () => {
  const sourceArn = 'arn:aws:execute-api:eu-central-1:111122223333:abc/dev/GET/things'
  const call = (functionArn: string, source = sourceArn, service = 'apigateway.amazonaws.com', sourceAccount = '111122223333') =>
    ports.functions.invoke({ functionArn, payload: Buffer.from('{}'), as: { service, sourceArn: source, sourceAccount } })
  const allow = (more: object = {}) =>
    run(addPermission, {
      FunctionName: 'f',
      StatementId: 's1',
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      SourceArn: 'arn:aws:execute-api:eu-central-1:111122223333:abc/*/GET/things',
      ...more,
    })

  beforeEach(async () => {
    await run(createFunction, await wanted({ Publish: true }))
  })

  it('are shown as the policy that they make', async () => {
    await allow()
    const { Policy = '' } = await run(getPolicy, { FunctionName: 'f' })
    expect(JSON.parse(Policy)).toEqual({
      Version: '2012-10-17',
      Id: 'default',
      Statement: [
        {
          Sid: 's1',
          Effect: 'Allow',
          Principal: { Service: 'apigateway.amazonaws.com' },
          Action: 'lambda:InvokeFunction',
          Resource: arn,
          Condition: { ArnLike: { 'AWS:SourceArn': 'arn:aws:execute-api:eu-central-1:111122223333:abc/*/GET/things' } },
        },
      ],
    })
    await expect(allow()).rejects.toThrow('The statement id (s1) provided already exists.')
    await expect(allow({ StatementId: 's2', Principal: 'nobody' })).rejects.toThrow('The provided principal was invalid.')
  })

  it.each([
    ['without any', undefined, sourceArn, 'refused'],
    ['for this source', {}, sourceArn, 'answered'],
    ['for another method', {}, sourceArn.replace('GET', 'POST'), 'refused'],
    ['for another API', {}, sourceArn.replace('abc', 'abd'), 'refused'],
    ['for another service', { Principal: 'events.amazonaws.com' }, sourceArn, 'refused'],
    ['for everybody', { Principal: '*', SourceArn: undefined }, sourceArn, 'answered'],
    ['for this account', { SourceArn: undefined, SourceAccount: '111122223333' }, sourceArn, 'answered'],
    ['for another account', { SourceArn: undefined, SourceAccount: '999999999999' }, sourceArn, 'refused'],
    ['for another action', { Action: 'lambda:GetFunction' }, sourceArn, 'refused'],
    ['for one version only', { Qualifier: '1' }, sourceArn, 'refused'],
  ])('%s', async (_name, permission, source, expected) => {
    if (permission) await allow(permission)
    const answer = await call(arn, source)
    expect(answer.kind).toBe(expected)
    if (answer.kind === 'refused') expect(answer.error).toMatchObject({ code: 'AccessDeniedException', status: 403 })
  })

  it('of a version count for the version', async () => {
    await allow({ Qualifier: '1' })
    expect(await call(`${arn}:1`)).toMatchObject({ kind: 'answered', executedVersion: '1' })
  })

  it('count no more once removed, nor once the function is gone', async () => {
    await allow()
    expect((await call(arn)).kind).toBe('answered')
    await run(removePermission, { FunctionName: 'f', StatementId: 's1' })
    expect((await call(arn)).kind).toBe('refused')
    await run(deleteFunction, { FunctionName: 'f' })
    expect(await call(arn)).toMatchObject({ kind: 'refused', error: { status: 404 } })
    expect(host.retired).toEqual(expect.arrayContaining([`${arn}:$LATEST`, `${arn}:1`]))
  })
})
