import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EXAMPLE, POSTERN, postern, type Running, removeFolder, run, temporaryFolder, up } from './harness.ts'

const hasCurl = spawnSync('curl', ['--version']).status === 0
const REGION = { AWS_REGION: 'eu-central-1' }

let folder: string
beforeAll(() => {
  folder = temporaryFolder()
})
afterAll(() => removeFolder(folder))

function newFolder(name: string): string {
  const path = join(folder, name)
  mkdirSync(path)
  return path
}

const ca = (...args: string[]) => run(process.execPath, [POSTERN, 'ca', ...args], { env: { ...process.env, NO_COLOR: '1' } })

interface Listing {
  readonly apis: readonly { readonly id: string; readonly name: string }[]
  readonly endpoints: readonly { readonly url: string; readonly dnsNames: readonly string[] }[]
}

/** Deploys the private API of the example, and answers its id and the endpoint that leads to it. */
async function deployExample(running: Running): Promise<{ api: string; port: string; endpointName: string }> {
  for (const [file, stack] of [
    ['network.yaml', 'entities-network'],
    ['infrastructure.yaml', 'entities-infrastructure'],
    ['service.yaml', 'entities'],
  ] as const) {
    const args = ['deploy', '-t', join(EXAMPLE, file), '--stack-name', stack, '--capabilities', 'CAPABILITY_IAM']
    const deployed = await postern(running, args, REGION)
    expect(deployed, deployed.stderr).toMatchObject({ code: 0 })
  }
  const { apis, endpoints }: Listing = JSON.parse((await postern(running, ['list', '--json'], REGION)).stdout)
  const [endpoint] = endpoints
  return { api: apis[0]?.id ?? '', port: new URL(endpoint?.url ?? '').port, endpointName: endpoint?.dnsNames[0] ?? '' }
}

describe('endpoints over TLS', () => {
  // Skipped where there is no curl.
  it.skipIf(!hasCurl)('answer curl under every name of theirs, with the file that the ready line names', async () => {
    const running = await up(newFolder('names'))
    const { ca: file = '' } = running
    expect(file).toBe(join(running.dataDirectory, 'ca.pem'))
    const { api, port, endpointName } = await deployExample(running)
    const get = (args: readonly string[], trust: readonly string[] = ['--cacert', file]) =>
      run('curl', ['-sS', ...trust, ...args], { env: { PATH: process.env['PATH'] } })
    const path = '/development/entities/2'
    const here = ['--connect-to', `::127.0.0.1:${port}`]
    const byId = ['-H', `x-apigw-api-id: ${api}`]
    const name = `${api}.execute-api.eu-central-1`
    for (const form of [
      [...here, `https://${name}.amazonaws.com${path}`],
      [...byId, ...here, `https://${endpointName}${path}`],
      ['-H', `Host: ${name}.amazonaws.com`, ...here, `https://${endpointName}${path}`],
      [`https://${name}.localhost:${port}${path}`],
      [...byId, `https://127.0.0.1:${port}${path}`],
      [...byId, `http://127.0.0.1:${port}${path}`],
    ])
      expect([form, await get(form)]).toEqual([form, expect.objectContaining({ stdout: '{"id":"2","name":"drawbridge"}' })])

    const program = `const answer = await fetch('https://localhost:${port}${path}', { headers: { 'x-apigw-api-id': '${api}' } })
      process.stdout.write(await answer.text())`
    const node = (env: NodeJS.ProcessEnv) =>
      run(process.execPath, ['--input-type=module', '-e', program], { env: { PATH: process.env['PATH'], ...env } })
    expect(await node({ NODE_EXTRA_CA_CERTS: file })).toMatchObject({ stdout: '{"id":"2","name":"drawbridge"}' })
    expect(await node({})).toMatchObject({ code: 1, stderr: expect.stringContaining('UNABLE_TO_VERIFY_LEAF_SIGNATURE') })

    // What AWS's certificate does not cover either, and who does not trust the authority.
    expect(await get([...byId, ...here, `https://execute-api.eu-central-1.amazonaws.com${path}`])).toMatchObject({ code: 60 })
    expect(await get([...here, `https://${api}.execute-api.us-east-1.amazonaws.com${path}`])).toMatchObject({ code: 60 })
    expect(await get([...here, `https://${name}.amazonaws.com${path}`], [])).toMatchObject({ code: 60 })
    expect(await running.stop()).toBe(0)

    const again = await up(running.dataDirectory)
    expect(await get([...here, `https://${name}.amazonaws.com${path}`])).toMatchObject({ code: 0 })
    expect(await again.stop()).toBe(0)
  })

  it.skipIf(!hasCurl)('satisfy a policy that demands them, and plain HTTP stands for them', async () => {
    const running = await up(newFolder('secure'))
    const { port } = await deployExample(running)
    const secured = join(running.dataDirectory, 'secured.json')
    const deny = { Effect: 'Deny', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' }
    const policy = [
      { ...deny, Effect: 'Allow' },
      { ...deny, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    ]
    const method = { HttpMethod: 'GET', ResourceId: { 'Fn::GetAtt': 'Api.RootResourceId' }, RestApiId: { Ref: 'Api' } }
    const integration = {
      Type: 'MOCK',
      RequestTemplates: { 'application/json': '{"statusCode": 200}' },
      IntegrationResponses: [{ StatusCode: 200 }],
    }
    const resources = {
      Api: {
        Type: 'AWS::ApiGateway::RestApi',
        Properties: {
          Name: 'secured',
          EndpointConfiguration: { Types: ['PRIVATE'] },
          Policy: { Version: '2012-10-17', Statement: policy },
        },
      },
      Get: {
        Type: 'AWS::ApiGateway::Method',
        Properties: { ...method, AuthorizationType: 'NONE', Integration: integration, MethodResponses: [{ StatusCode: 200 }] },
      },
      Deployment: {
        Type: 'AWS::ApiGateway::Deployment',
        DependsOn: 'Get',
        Properties: { RestApiId: { Ref: 'Api' }, StageName: 'dev' },
      },
    }
    writeFileSync(secured, JSON.stringify({ Resources: resources, Outputs: { Id: { Value: { Ref: 'Api' } } } }))
    const deployed = await postern(running, ['deploy', '-t', secured, '--stack-name', 'secured'], REGION)
    expect(deployed, deployed.stderr).toMatchObject({ code: 0 })
    const { stdout } = await postern(running, ['outputs', 'secured', 'Id'], REGION)
    for (const scheme of ['http', 'https']) {
      const headers = ['-H', `x-apigw-api-id: ${stdout.trim()}`]
      const url = `${scheme}://127.0.0.1:${port}/dev`
      const file = join(running.dataDirectory, 'ca.pem')
      expect(await run('curl', ['-sS', '-w', '%{http_code}', '--cacert', file, ...headers, url])).toMatchObject({ stdout: '200' })
    }
    expect(await running.stop()).toBe(0)
  })
})

describe('postern ca', () => {
  it('prints the same certificate from the running one, from its directory, and after its end', async () => {
    const running = await up(newFolder('ca'))
    const { stdout: printed } = await postern(running, ['ca'])
    expect(printed).toMatch(/^-----BEGIN CERTIFICATE-----\n[\s\S]+-----END CERTIFICATE-----\n$/)
    expect(await postern(running, ['ca', 'path'])).toMatchObject({ stdout: `${join(running.dataDirectory, 'ca.pem')}\n` })
    expect((await ca('print', '--data-dir', running.dataDirectory)).stdout).toBe(printed)
    expect(await running.stop()).toBe(0)
    expect((await ca('--data-dir', running.dataDirectory)).stdout).toBe(printed)
    const { sha256, expires, path, pem } = JSON.parse((await ca('--data-dir', running.dataDirectory, '--json')).stdout)
    expect({ sha256, expires, path, pem }).toEqual({
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      expires: expect.stringMatching(/^20\d\d-/),
      path: join(running.dataDirectory, 'ca.pem'),
      pem: printed,
    })
    expect(statSync(join(running.dataDirectory, 'ca-key.pem')).mode & 0o777).toBe(0o600)
  })

  it('asks the running one where nothing is kept', async () => {
    const running = await up(newFolder('ephemeral'), '--ephemeral')
    expect(running.ca).toBeUndefined()
    const path = (await postern(running, ['ca', 'path'])).stdout.trim()
    expect(readFileSync(path, 'utf8')).toBe((await postern(running, ['ca'])).stdout)
    expect(await running.stop()).toBe(0)
    expect(() => statSync(path)).toThrow('ENOENT')
  })

  it('makes none where there is no data directory, and says so where nothing runs', async () => {
    const nowhere = join(folder, 'nowhere')
    expect(await ca('--data-dir', nowhere)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('there is no data directory'),
    })
    expect(await ca('--endpoint', 'http://127.0.0.1:1')).toMatchObject({ code: 3, stderr: expect.stringContaining('no Postern') })
    expect(await ca('show')).toMatchObject({ code: 2, stderr: expect.stringContaining("'show' is invalid") })
  })

  it('and `postern up` refuse a damaged authority, with the way out', async () => {
    const data = newFolder('damaged')
    expect(await ca('--data-dir', data)).toMatchObject({ code: 0 })
    const file = join(data, 'ca-key.pem')
    writeFileSync(file, 'no key\n')
    const refused = {
      code: 3,
      stdout: '',
      stderr: expect.stringMatching(/does not have a key and a certificate\n {2}put back a copy/),
    }
    expect(await ca('--data-dir', data)).toMatchObject(refused)
    expect(await run(process.execPath, [POSTERN, 'up', '--port', '0', '--data-dir', data])).toMatchObject(refused)
    rmSync(file)
    expect(await ca('--data-dir', data)).toMatchObject({ code: 0 })
  })
})
