import { beforeEach, describe, expect, it } from 'vitest'
import type { Caller } from '#kit/operation.ts'
import type { FunctionCode, Ports } from '#kit/ports.ts'
import type { ResourceRequest, ResourceState, ResourceType } from '#kit/resource.ts'
import { fakePorts } from '#kit/testing/fake-ports.ts'
import { refusing } from '#kit/testing/fake-request.ts'
import { functionsPort } from '../functions-port.ts'
import getFunction from '../operations/get-function.ts'
import { permits } from '../permissions.ts'
import { aliases, functions, policies, versions } from '../records.ts'
import alias from './alias.ts'
import lambdaFunction from './function.ts'
import permission from './permission.ts'
import version from './version.ts'

const caller: Caller = {
  account: '111122223333',
  region: 'eu-central-1',
  partition: 'aws',
  principalArn: 'arn:aws:iam::111122223333:root',
  requestId: 'r',
  endpoint: 'http://127.0.0.1:4566',
  headers: {},
}
const stack = { id: 'arn:aws:cloudformation:eu-central-1:111122223333:stack/app/1', name: 'app', tags: { team: 'blue' } }
const arn = (name: string) => `arn:aws:lambda:eu-central-1:111122223333:function:${name}`

let ports: Ports
let prepared: FunctionCode[]
beforeEach(() => {
  prepared = []
  ports = fakePorts({
    host: {
      run: () => Promise.reject(new Error('nothing is called here')),
      prepare: (code) => void prepared.push(code),
      retire() {},
    },
  })
})

const request = <P>(logicalId: string, properties: P): ResourceRequest<P> => ({
  properties,
  written: {},
  logicalId,
  stack,
  caller,
  unsupported: refusing,
})
const properties = (more: object = {}) => ({
  Code: { ZipFile: 'exports.handler = async () => 1' },
  Handler: 'index.handler',
  Role: 'arn:aws:iam::111122223333:role/r',
  Runtime: 'nodejs22.x',
  ...more,
})
const make = async <P>(type: ResourceType<P>, logicalId: string, given: P): Promise<ResourceState> =>
  type.create(request(logicalId, given), ports)

describe('AWS::Lambda::Function', () => {
  it('is named after stack and logical id, tagged by its stack, and made ready to be called', async () => {
    const state = await make(lambdaFunction, 'Fn', properties({ Tags: [{ Key: 'a', Value: 'b' }] }))
    expect(state.ref).toMatch(/^app-Fn-[A-Z0-9]{12}$/)
    expect(state.attributes).toMatchObject({ Arn: arn(state.ref) })
    expect(ports.records.get(functions, caller, state.ref)?.tags).toEqual({
      team: 'blue',
      a: 'b',
      'aws:cloudformation:stack-name': 'app',
      'aws:cloudformation:stack-id': stack.id,
      'aws:cloudformation:logical-id': 'Fn',
    })
    expect(prepared).toMatchObject([{ functionArn: `${arn(state.ref)}:$LATEST`, runtime: 'nodejs22.x' }])
  })

  it('takes back, on update, what the template no longer says', async () => {
    const before = properties({
      FunctionName: 'f',
      Timeout: 30,
      Environment: { Variables: { A: '1' } },
      ReservedConcurrentExecutions: 5,
    })
    const state = await make(lambdaFunction, 'Fn', before)
    const after = properties({ FunctionName: 'f', MemorySize: 512 })
    await lambdaFunction.update?.(request('Fn', after), { ...state, properties: before }, ports)
    const record = ports.records.get(functions, caller, 'f')
    expect(record?.latest.configuration).toMatchObject({ timeout: 3, memorySize: 512 })
    expect(record?.latest.configuration.environment).toBeUndefined()
    expect(record?.reservedConcurrency).toBeUndefined()
  })

  it('is deleted with its versions, aliases and permissions, and twice is fine', async () => {
    const given = properties({ FunctionName: 'f' })
    const state = await make(lambdaFunction, 'Fn', given)
    const published = await make(version, 'V', { FunctionName: 'f' })
    await make(alias, 'A', { FunctionName: arn('f'), FunctionVersion: published.attributes.Version as string, Name: 'live' })
    await make(permission, 'P', { FunctionName: 'f', Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com' })
    for (let times = 0; times < 2; times += 1) await lambdaFunction.delete({ ...request('Fn', given), ...state }, ports)
    for (const table of [functions, versions, aliases, policies]) expect(ports.records.list<unknown>(table, caller)).toEqual([])
  })

  it('leaves nothing behind when it is refused', async () => {
    await expect(make(lambdaFunction, 'Fn', properties({ Role: 'arn:aws:iam::aws:policy/AWSLambdaExecute' }))).rejects.toThrow(
      "at 'role'",
    )
    expect(ports.records.list(functions, caller)).toEqual([])
  })
})

describe('a function that Postern cannot run, in a stack that takes stubs', () => {
  const image = { Code: { ImageUri: 'repo:tag' }, PackageType: 'Image', Handler: undefined, Runtime: undefined }
  const answer = (FunctionName: string) => getFunction.run({ FunctionName }, caller, ports)
  const call = (name: string) =>
    functionsPort(ports).invoke({ functionArn: arn(name), payload: Buffer.from('{}'), as: 'account' })

  it.each<[string, object, objection: string, shown: object]>([
    [
      'in Python',
      { Runtime: 'python3.12' },
      'Postern does not run `python3.12` functions yet: it runs `nodejs*` and `provided.*`',
      { Configuration: { Runtime: 'python3.12', PackageType: 'Zip' } },
    ],
    [
      'from a container image',
      image,
      'Postern does not run container images yet: give a zip',
      { Configuration: { PackageType: 'Image' }, Code: { RepositoryType: 'ECR', ImageUri: 'repo:tag' } },
    ],
  ])('%s is there, and says so when it is called', async (_what, more, objection, shown) => {
    await make(lambdaFunction, 'Fn', properties({ FunctionName: 'f', ...more }) as ReturnType<typeof properties>)
    expect(prepared).toEqual([])
    expect(await answer('f')).toMatchObject(shown)
    expect(await call('f')).toEqual({
      kind: 'refused',
      because: { code: 'lambda/not-run', text: objection },
      error: { code: 'InvalidRuntimeException', status: 502, message: objection },
    })
  })

  it('is told of by the plan for what it has', () => {
    const judged = (path: string, value: unknown) => lambdaFunction.limits?.[path]?.(value)
    expect(judged('Runtime', 'nodejs22.x')).toBeUndefined()
    expect(judged('Runtime', 'provided.al2023')).toBeUndefined()
    // What Lambda does not know either is for Lambda to refuse.
    expect(judged('Runtime', 'cobol85')).toBeUndefined()
    expect(judged('Runtime', 'java21')).toContain('`java21`')
    expect(judged('LoggingConfig.LogFormat', 'JSON')).toContain('as text only')
  })

  it('runs once its template gives a package', async () => {
    const before = properties({ FunctionName: 'f', ...image }) as ReturnType<typeof properties>
    const state = await make(lambdaFunction, 'Fn', before)
    const after = properties({ FunctionName: 'f' })
    await lambdaFunction.update?.(request('Fn', after), { ...state, properties: before }, ports)
    expect(prepared).toHaveLength(1)
  })
})

describe('AWS::Lambda::Version and Alias', () => {
  it('are known by their ARNs', async () => {
    await make(lambdaFunction, 'Fn', properties({ FunctionName: 'f' }))
    const published = await make(version, 'V', { FunctionName: 'f', Description: 'first' })
    expect(published).toEqual({ ref: `${arn('f')}:1`, attributes: { FunctionArn: `${arn('f')}:1`, Version: '1' } })
    const named = { FunctionName: 'f', FunctionVersion: '1', Name: 'live', Description: 'd' }
    const state = await make(alias, 'A', named)
    expect(state).toEqual({ ref: `${arn('f')}:live`, attributes: { AliasArn: `${arn('f')}:live` } })
    await alias.update?.(request('A', { ...named, FunctionVersion: '$LATEST' }), { ...state, properties: named }, ports)
    expect(ports.records.get(aliases, caller, 'f:live')).toMatchObject({ version: '$LATEST' })
    await alias.delete({ ...request('A', named), ...state }, ports)
    await version.delete({ ...request('V', { FunctionName: 'f' }), ...published }, ports)
    expect(ports.records.list(versions, caller)).toEqual([])
  })
})

describe('AWS::Lambda::Version', () => {
  it('is refused where nothing has changed since the last one', async () => {
    await make(lambdaFunction, 'Fn', properties({ FunctionName: 'f' }))
    await make(version, 'V', { FunctionName: 'f' })
    await expect(make(version, 'W', { FunctionName: 'f' })).rejects.toThrow('A version for this Lambda function exists ( 1 )')
  })
})

describe('AWS::Lambda::Permission', () => {
  it('lets its source in, until it is deleted', async () => {
    await make(lambdaFunction, 'Fn', properties({ FunctionName: 'f' }))
    const given = {
      FunctionName: arn('f'),
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      SourceArn: 'arn:aws:execute-api:eu-central-1:111122223333:abc/*/GET/things',
    }
    const source = {
      service: 'apigateway.amazonaws.com',
      sourceArn: 'arn:aws:execute-api:eu-central-1:111122223333:abc/dev/GET/things',
      sourceAccount: '111122223333',
    }
    const state = await make(permission, 'P', given)
    expect(state.ref).toMatch(/^app-P-[A-Z0-9]{12}$/)
    expect(permits(caller, 'f', undefined, source, ports)).toBe(true)
    await permission.delete({ ...request('P', given), ...state }, ports)
    expect(permits(caller, 'f', undefined, source, ports)).toBe(false)
  })
})
