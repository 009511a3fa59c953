import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { http, postern, ROOT, type Running, removeFolder, temporaryFolder, up } from './harness.ts'

const owner = { AWS_ACCESS_KEY_ID: '111122223333', AWS_REGION: 'us-gov-west-1' }
const partner = { AWS_ACCESS_KEY_ID: '444455556666', AWS_REGION: 'us-gov-west-1' }
const template = (name: string) => join(ROOT, 'test/e2e/templates', name)
const forbidden = '{"message":"Forbidden"}'

describe('an API made private for an endpoint of another account, and public again', () => {
  let running: Running
  let folder: string
  let apiId: string
  let theirs: { id: string; url: string }
  let ours: { id: string; url: string }

  const deploy = (env: NodeJS.ProcessEnv, name: string, stack: string, ...parameters: string[]) =>
    postern(
      running,
      [
        ...['deploy', '-t', template(name), '--stack-name', stack, '--capabilities', 'CAPABILITY_IAM'],
        ...(parameters.length > 0 ? ['--parameter-overrides', ...parameters] : []),
      ],
      env,
    )
  const deployed = async (...args: Parameters<typeof deploy>) => {
    const ran = await deploy(...args)
    expect(ran, ran.stdout + ran.stderr).toMatchObject({ code: 0 })
    return ran.stdout
  }
  const output = async (env: NodeJS.ProcessEnv, stack: string, key: string) =>
    (await postern(running, ['outputs', stack, key], env)).stdout.trim()
  /** Every way in, as a table of status and body. */
  const answers = async () => {
    const Host = `${apiId}.execute-api.us-gov-west-1.amazonaws.com`
    const seen = [running.endpoint, ours.url, theirs.url].map(async (url) => {
      const { status, body } = await http(url, { path: '/beta', headers: { Host } })
      return status === 200 ? 200 : body
    })
    const [internet, own, partners] = await Promise.all(seen)
    return { internet, own, partners }
  }
  const denied = () =>
    `{"Message":"User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws-us-gov:execute-api:us-gov-west-1:********3333:${apiId}/beta/GET/ because no resource-based policy allows the execute-api:Invoke action"}`

  beforeAll(async () => {
    folder = temporaryFolder()
    mkdirSync(join(folder, 'data'))
    running = await up(join(folder, 'data'))
    await deployed(owner, 'doors.yaml', 'ways')
    await deployed(partner, 'doors.yaml', 'ways')
    await deployed(owner, 'convertible.yaml', 'api', 'Stage=beta')
    apiId = await output(owner, 'api', 'ApiId')
    const { endpoints } = JSON.parse((await postern(running, ['list', '--json'])).stdout)
    const named = async (env: NodeJS.ProcessEnv) => {
      const id = await output(env, 'ways', 'FirstDoor')
      return endpoints.find((one: { id: string }) => one.id === id)
    }
    ours = await named(owner)
    theirs = await named(partner)
  })
  afterAll(async () => {
    await running?.stop()
    removeFolder(folder)
  })

  it('is public at first', async () => {
    expect(await answers()).toEqual({ internet: 200, own: forbidden, partners: forbidden })
  })

  it('becomes private with the next deployment, not before', async () => {
    const shown = await deployed(owner, 'convertible.yaml', 'api', `Endpoint=${theirs.id}`)
    expect(shown).toContain(`# through ${theirs.id}, by the alias`)
    expect(await answers()).toEqual({ internet: 200, own: forbidden, partners: forbidden })
    const ran = await postern(running, ['explain', '--last', '--json'], owner)
    expect(JSON.parse(ran.stdout).mend[0]).toMatch(
      /\(endpoint type, associated endpoints, resource policy\): deploy it again .*--stage-name beta/,
    )

    await deployed(owner, 'convertible.yaml', 'api', 'Revision=Second')
    expect(await answers()).toEqual({ internet: forbidden, own: denied(), partners: 200 })
  })

  it('cannot become edge-optimised; what it was goes on answering', async () => {
    const ran = await deploy(owner, 'convertible.yaml', 'api', 'Endpoint=', 'PublicType=EDGE', 'Revision=First')
    expect(ran.code).toBe(1)
    expect(ran.stdout).toContain('UPDATE_ROLLBACK_COMPLETE')
    expect(ran.stderr).toContain('convertible.yaml:')
    expect(await answers()).toEqual({ internet: forbidden, own: denied(), partners: 200 })
  })

  it('becomes public again', async () => {
    await deployed(owner, 'convertible.yaml', 'api', 'Endpoint=', 'PublicType=REGIONAL', 'Revision=First')
    expect(await answers()).toEqual({ internet: 200, own: forbidden, partners: forbidden })
  })

  it('stacks of the two accounts do not see each other', async () => {
    const ran = await postern(running, ['outputs', 'api'], partner)
    expect(ran).toMatchObject({ code: 1, stdout: '' })
    expect(ran.stderr).toContain('asked as account 444455556666 in us-gov-west-1')
  })
})
