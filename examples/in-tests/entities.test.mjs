// What a team keeps beside its templates: proof, on every push, of who gets in and who does not. Run it with `node --test`.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { request } from 'node:http'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startPostern } from 'postern'

const templates = fileURLToPath(new URL('../entities/', import.meta.url))
const command = fileURLToPath(new URL('../../bin/postern.mjs', import.meta.resolve('postern')))

let postern
let api
let door
let sideDoor

before(async () => {
  postern = await startPostern()
  await deploy('network.yaml', 'entities-network')
  const { ExecuteApiEndpointId: ours } = await deploy('infrastructure.yaml', 'entities-infrastructure')
  const { ExecuteApiEndpointId: other } = await deploy('infrastructure.yaml', 'entities-side-door')
  const { ApiId } = await deploy('service.yaml', 'entities')
  const { apis, endpoints } = postern.list()
  api = apis.find(({ id }) => id === ApiId)
  door = endpoints.find(({ id }) => id === ours).url
  sideDoor = endpoints.find(({ id }) => id === other).url
})

after(() => postern?.stop())

test('our endpoint lets clients in', async () => {
  const { status, body } = await get(`${door}/development/entities/3`, { 'x-apigw-api-id': api.id })
  assert.deepEqual([status, JSON.parse(body)], [200, { id: '3', name: 'postern' }])
})

test('another endpoint does not, because of the policy', async () => {
  const { status, requestId } = await get(`${sideDoor}/development/entities`, { 'x-apigw-api-id': api.id })
  assert.equal(status, 403)
  assert.equal(postern.explain(requestId).because.code, 'check-resource-policy/not-allowed')
})

test('the internet does not, because the API is private', async () => {
  const { status, requestId } = await get(`${postern.endpoint}/development/entities`, {
    Host: `${api.id}.execute-api.${api.region}.amazonaws.com`,
  })
  assert.equal(status, 403)
  assert.equal(postern.explain(requestId).because.code, 'check-entrance/private-from-outside')
})

/** Deploys as a person would; answers the outputs. */
async function deploy(template, stack) {
  const { stdout } = await promisify(execFile)(process.execPath, [
    command,
    'deploy',
    ...['--endpoint', postern.endpoint],
    ...['--template', templates + template],
    ...['--stack-name', stack],
    ...['--capabilities', 'CAPABILITY_IAM'],
    '--json',
  ])
  return JSON.parse(stdout).outputs
}

/** `fetch` would not send a Host header of ours. */
function get(url, headers) {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers, agent: false }, async (response) => {
      let body = ''
      for await (const chunk of response.setEncoding('utf8')) body += chunk
      resolve({ status: response.statusCode, body, requestId: response.headers['x-amzn-requestid'] })
    })
    asked.on('error', reject).end()
  })
}
