import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EXAMPLE, http, postern, type Running, removeFolder, temporaryFolder, up } from './harness.ts'

describe('kill -9 loses nothing that was acknowledged', () => {
  let running: Running
  let folder: string
  let data: string

  beforeAll(async () => {
    folder = temporaryFolder()
    data = join(folder, 'data')
    mkdirSync(data)
    running = await up(data)
  })
  afterAll(async () => {
    await running?.stop()
    removeFolder(folder)
  })

  const deploy = (stack: string, file: string, ...parameters: string[]) =>
    postern(running, [
      'deploy',
      '-t',
      join(EXAMPLE, file),
      '--stack-name',
      stack,
      '--capabilities',
      'CAPABILITY_IAM',
      ...(parameters.length > 0 ? ['--parameter-overrides', ...parameters] : []),
    ])
  const listing = async () => JSON.parse((await postern(running, ['list', '--json'])).stdout)

  it('stacks, APIs, ports, code and logs are there after a restart', async () => {
    for (const ran of [
      await deploy('net', 'network.yaml'),
      await deploy('infra', 'infrastructure.yaml', 'NetworkStack=net'),
      await deploy('svc', 'service.yaml', 'InfrastructureStack=infra'),
    ]) {
      expect(ran, ran.stdout + ran.stderr).toMatchObject({ code: 0 })
    }
    const before = await listing()
    const ask = (url: string) => http(url, { path: '/development/entities/1', headers: { 'x-apigw-api-id': before.apis[0].id } })
    expect(await ask(before.endpoints[0].url)).toMatchObject({ status: 200 })
    const logBefore = (await postern(running, ['logs', 'svc-get-entities'])).stdout
    expect(logBefore).toContain('REPORT RequestId')

    await running.kill()
    running = await up(data)

    const after = await listing()
    expect({ ...after, apis: after.apis.map(({ id, stages }: { id: string; stages: string[] }) => ({ id, stages })) }).toEqual({
      ...before,
      apis: before.apis.map(({ id, stages }: { id: string; stages: string[] }) => ({ id, stages })),
    })
    expect(await ask(after.endpoints[0].url)).toMatchObject({ status: 200, body: '{"id":"1","name":"portcullis"}' })
    expect((await postern(running, ['logs', 'svc-get-entities'])).stdout).toContain(logBefore.trim().split('\n')[0])
    expect(await deploy('svc', 'service.yaml', 'InfrastructureStack=infra')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('no changes'),
    })
  })

  it('a deployment that was killed half-way comes to rest, and its events say so', async () => {
    // Killed at whatever point it is: the promise is about every one of them.
    const deploying = deploy(
      'half',
      'network.yaml',
      'VpcCidr=10.99.0.0/16',
      'SubnetACidr=10.99.1.0/24',
      'SubnetBCidr=10.99.2.0/24',
    )
    await new Promise((resolve) => setTimeout(resolve, 150))
    await running.kill()
    await deploying
    running = await up(data)
    const { stacks } = await listing()
    const half = stacks.find(({ name }: { name: string }) => name === 'half')
    if (half) {
      expect(half.status).toMatch(/^(CREATE_COMPLETE|ROLLBACK_COMPLETE|REVIEW_IN_PROGRESS)$/)
      expect((await postern(running, ['delete', 'half'])).code).toBe(0)
    }
    expect((await listing()).stacks.map(({ name }: { name: string }) => name).sort()).toEqual(['infra', 'net', 'svc'])
  })
})
